import * as Y from 'yjs';
import { fromHex, toHex } from '../../shared/base/ids.ts';
import { encodeGone } from '../../shared/ledger/awareness-frame.ts';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import { utf8 } from '../../shared/ledger/bytes.ts';
import { signCheckpoint, type Checkpoint } from '../../shared/ledger/checkpoint.ts';
import { encodeCheckpointBody } from '../../shared/ledger/checkpoint-body.ts';
import { entryKinds, noHash, signEntry, withoutPayload, withSkeleton, type Entry, type EntryKind } from '../../shared/ledger/entry.ts';
import { encodeForkProof, forkOf, type ForkProof } from '../../shared/ledger/fork-proof.ts';
import { encodeMessage, protocolVersion, type Hello, type Message } from '../../shared/ledger/messages.ts';
import { encodeAttested, encodeJson } from '../../shared/ledger/payloads.ts';
import {
  encodeHead,
  encodeRecord,
  firstChain,
  nextChain,
  signHead,
  verdicts,
  type Head,
  type LedgerRecord,
} from '../../shared/ledger/record.ts';
import { signStatement, type StatementClaims } from '../../shared/ledger/statement.ts';
import { encodeUpdate, rootOfSong, skeletonOf, type TextUpdate } from '../../shared/ledger/update.ts';
import { sha256 } from '../../shared/ledger/digest.ts';
import { proveDevice } from '../../src-renderer/session/device-key.ts';
import { thumbprintOf } from '../../src-server/keys/authority-keys.ts';
import { linkProofs } from './wire-handshake.ts';
import { wireItemId, wireKeys, wireSessionBytes, wireSessionId, wireSongId, wireUserId, type WireKey, type WireKeys } from './wire-keys.ts';

/** One frame as it travels: its name, and its bytes in hex. */
export type Sample = readonly [name: string, hex: string];

const madeAt = 1_780_000_000_000;

function updatesOf({ ann }: WireKeys): { typed: TextUpdate; removed: TextUpdate } {
  const root = rootOfSong(wireSongId);
  const typed: TextUpdate = {
    client: ann.clientId,
    structs: [
      { clock: 0, length: 9, origin: null, rightOrigin: null, root, text: '[G]Silent' },
      { clock: 9, length: 3, origin: { client: ann.clientId, clock: 8 }, rightOrigin: null, root: null, text: null },
      {
        clock: 12,
        length: 2,
        origin: { client: ann.clientId, clock: 2 },
        rightOrigin: { client: ann.clientId, clock: 3 },
        root: null,
        text: '🎵',
      },
    ],
    deleted: [],
  };
  const removed: TextUpdate = { client: ann.clientId, structs: [], deleted: [{ client: ann.clientId, clock: 3, length: 6 }] };
  return { typed, removed };
}

/** The entry of a stream that follows `before`. */
function write(key: WireKey, kind: EntryKind, payload: Bytes, before: Entry | null): Promise<Entry> {
  return signEntry(
    {
      kind,
      sessionId: wireSessionBytes,
      deviceId: key.deviceId,
      run: key.run,
      seq: (before?.seq ?? 0) + 1,
      prev: before === null ? noHash : fromHex(before.hash),
      epoch: 300,
      at: madeAt + (before?.seq ?? 0),
      payload,
    },
    key.signer,
  );
}

async function entriesOf(keys: WireKeys): Promise<Record<string, Entry>> {
  const { typed, removed } = updatesOf(keys);
  const sets = {
    sets: [
      [`song/${wireSongId}`, true],
      [`item/${wireItemId}/song`, wireSongId],
      [`item/${wireItemId}/order`, 'a0'],
      [`item/${wireItemId}/capo`, 3],
    ],
    lamport: 1,
  };
  const update = await write(keys.ann, entryKinds.songUpdate, encodeUpdate(typed), null);
  const remove = await write(keys.ann, entryKinds.songUpdate, encodeUpdate(removed), update);
  const chat = await write(keys.ann, entryKinds.chat, encodeJson({ type: 'message', text: 'Tiefer, in Es – ♭!', reply_to: null }), remove);
  const reaction = await write(
    keys.bob,
    entryKinds.chat,
    encodeJson({ type: 'reaction', message: chat.hash, emoji: '👍', is_on: true }),
    null,
  );
  const takeBack = await write(keys.ann, entryKinds.chat, encodeJson({ type: 'delete', message: chat.hash }), chat);
  const set = await write(keys.ann, entryKinds.songSet, encodeJson(sets), takeBack);
  const at = (clock: number) => ({ tname: rootOfSong(wireSongId), item: { client: keys.ann.clientId, clock }, assoc: 0 });
  const anchor = { song_id: wireSongId, start: at(3), end: { tname: rootOfSong(wireSongId), assoc: -1 }, quote: 'Silent' };
  const add = { type: 'add', text: 'Höher?', anchor, reply_to: null };
  const comment = await write(keys.bob, entryKinds.comment, encodeJson(add), reaction);
  const answer = { type: 'add', text: 'Ja', anchor: null, reply_to: comment.hash };
  const answered = await write(keys.bob, entryKinds.comment, encodeJson(answer), comment);
  const edit = { type: 'edit', comment: comment.hash, text: 'Höher!' };
  const edited = await write(keys.bob, entryKinds.comment, encodeJson(edit), answered);
  const resolved = await write(keys.bob, entryKinds.comment, encodeJson({ type: 'resolve', comment: comment.hash }), edited);
  const take = { type: 'take', name: 'Take 2', song_id: wireSongId };
  const marker = await write(keys.bob, entryKinds.marker, encodeJson(take), resolved);
  const attested = encodeAttested(wireUserId, [{ kind: entryKinds.songSet, payload: encodeJson(sets) }]);
  const rest = await write(keys.authority, entryKinds.attested, attested, null);
  return {
    'song.update typed': update,
    'song.update removed': remove,
    'chat message': chat,
    'chat message, deleted': withoutPayload(chat),
    'song.update, its skeleton': withSkeleton(update, encodeUpdate(skeletonOf(typed) ?? typed)),
    'chat reaction': reaction,
    'chat delete': takeBack,
    'song.set': set,
    attested: rest,
    'comment add': comment,
    'comment answer': answered,
    'comment edit': edited,
    'comment resolve': resolved,
    'marker take': marker,
  };
}

interface Numbered {
  records: Record<string, LedgerRecord>;
  head: Head;
}

function recordOf(n: number, verdict: LedgerRecord['verdict'], entry: Entry | undefined, skeletonSha256: string | null): LedgerRecord {
  return {
    n,
    verdict,
    stream: entry?.stream ?? '',
    seq: entry?.seq ?? 0,
    hash: entry?.hash ?? '',
    receivedAt: madeAt + 50,
    skeletonSha256,
  };
}

async function numbered(keys: WireKeys, entries: Record<string, Entry>): Promise<Numbered> {
  const skeleton = skeletonOf(updatesOf(keys).typed);
  const records = {
    ok: recordOf(1, verdicts.ok, entries['attested'], null),
    'void with skeleton': recordOf(
      2,
      verdicts.void,
      entries['song.update typed'],
      skeleton === null ? null : toHex(sha256(encodeUpdate(skeleton))),
    ),
    'void without skeleton': recordOf(3, verdicts.void, entries['song.update removed'], null),
    close: recordOf(4, verdicts.close, entries['song.update removed'], null),
  };
  let chain = firstChain(wireSessionBytes, 1);
  for (const one of Object.values(records)) chain = nextChain(chain, encodeRecord(one));
  return { records, head: await signHead(wireSessionBytes, { generation: 1, n: 4, chain }, keys.authority.signer) };
}

function deviceOf(key: WireKey, userId: string) {
  return { device_id: toHex(key.deviceId), public_key: toHex(key.raw), user_id: userId };
}

function claimsOf(keys: WireKeys): StatementClaims {
  const bobId = wireUserId.replace(/1$/, '2');
  return {
    session_id: wireSessionId,
    generation: 1,
    epoch: 300,
    status: 'active',
    dormant: false,
    permissions: { editor: ['read', 'edit', 'comment', 'chat'], commenter: ['read', 'comment', 'chat'], viewer: ['read'] },
    participants: [
      { user_id: wireUserId, name: 'Ann', color: '#0072b2', role: 'owner', status: 'joined' },
      { user_id: bobId, name: 'Bob', color: '#d55e00', role: null, status: 'removed' },
    ],
    devices: [
      { ...deviceOf(keys.ann, wireUserId), role: 'owner', had: ['read', 'edit', 'chat'], barred: false },
      { ...deviceOf(keys.bob, bobId), role: null, had: ['read', 'chat'], barred: true },
    ],
    iat: 1_780_000_000,
    exp: 1_782_592_000,
  };
}

/** A window's id, one byte repeated. */
function windowId(byte: number): Bytes {
  return new Uint8Array(8).fill(byte);
}

function messagesOf(
  keys: WireKeys,
  entries: Record<string, Entry>,
  { records, head }: Numbered,
  jws: string,
  checkpoint: Checkpoint,
  fork: ForkProof | null,
): Record<Message['type'], Message> {
  const hello: Hello = {
    type: 'hello',
    version: protocolVersion,
    sessionId: wireSessionBytes,
    publicKey: keys.ann.raw,
    windowId: windowId(0xa1),
    awarenessClient: 4_000_000_001,
    nonce: new Uint8Array(32).fill(0x5a),
  };
  const chat = entries['chat message'];
  return {
    hello,
    proof: { type: 'proof', signature: new Uint8Array(64).fill(0x77) },
    statement: { type: 'statement', jws },
    heads: {
      type: 'heads',
      generation: 1,
      n: 4,
      chain: head.chain,
      base: 2,
      checkpoint: 3,
      pending: [{ stream: chat?.stream ?? '', seq: chat?.seq ?? 0, hash: chat?.hash ?? '' }],
    },
    'want-statement': { type: 'want-statement' },
    entries: { type: 'entries', entries: Object.values(entries).map(({ bytes }) => bytes) },
    records: { type: 'records', firstN: 1, records: Object.values(records).map(encodeRecord), head: encodeHead(head) },
    checkpoint: { type: 'checkpoint', head: checkpoint.headBytes, offset: 0, part: checkpoint.body },
    'want-checkpoint': { type: 'want-checkpoint', n: 3, offset: 1_048_576 },
    'want-entries': { type: 'want-entries', hashes: [chat?.hash ?? ''] },
    fork: { type: 'fork', proof: fork === null ? new Uint8Array() : encodeForkProof(fork) },
    peers: { type: 'peers', windows: [toHex(windowId(0xa1)), toHex(windowId(0xb2))] },
    awareness: { type: 'awareness', device: toHex(keys.ann.deviceId), update: encodeGone(4_000_000_001, 7) },
    ping: { type: 'ping', id: 1, sentAt: madeAt },
    pong: { type: 'pong', id: 1, sentAt: madeAt, receivedAt: madeAt + 3 },
  };
}

function inHex<T>(named: Record<string, T>, encode: (one: T) => Uint8Array): Sample[] {
  return Object.entries(named).map(([name, one]) => [name, toHex(encode(one))]);
}

/** Behind the first entries: one text, one key of the setlist, one message. */
function checkpointOf(keys: WireKeys, entries: Record<string, Entry>, { head }: Numbered): Promise<Checkpoint> {
  const { stream = '', seq = 0, hash = '' } = entries['chat message'] ?? {};
  const doc = new Y.Doc();
  doc.clientID = keys.ann.clientId;
  doc.getText(rootOfSong(wireSongId)).insert(0, '[G]Silent');
  const body = encodeCheckpointBody({
    streams: [{ stream, seq, hash, isClosed: true, ownsClient: true }],
    state: new Uint8Array(Y.encodeStateAsUpdate(doc)),
    sets: [[`song/${wireSongId}`, { value: true, lamport: 300, stream, seq }]],
    counted: [{ n: 3, hash }],
    refused: [],
  });
  const at = { generation: 1, n: 3, chain: head.chain, contentSha256: '0c'.repeat(32) };
  return signCheckpoint(wireSessionBytes, at, body, keys.authority.signer);
}

/** Sample frames of the wire by kind, as today's code makes them; the same bytes each time. */
export async function wireSamples() {
  const keys = await wireKeys();
  const entries = await entriesOf(keys);
  const order = await numbered(keys, entries);
  const { jws } = await signStatement(claimsOf(keys), keys.authority.privateKey);
  const checkpoint = await checkpointOf(keys, entries, order);
  const [one, other] = await Promise.all(['one', 'other'].map((words) => write(keys.bob, entryKinds.chat, utf8(words), null)));
  const fork = one === undefined || other === undefined ? null : forkOf(one, other);
  const messages = messagesOf(keys, entries, order, jws, checkpoint, fork);
  const thumbprint = thumbprintOf(Buffer.from(keys.authority.raw).toString('base64url'));
  const registration = await proveDevice(keys.ann.signer, wireUserId, thumbprint);
  return {
    updates: inHex<TextUpdate>({ ...updatesOf(keys) }, encodeUpdate),
    entries: inHex(entries, ({ bytes }) => bytes),
    records: inHex(order.records, encodeRecord),
    heads: inHex({ 'over four records': order.head }, encodeHead),
    messages: inHex(messages, encodeMessage),
    'checkpoint-heads': inHex({ 'of the message': checkpoint }, ({ headBytes }) => headBytes),
    'checkpoint-bodies': inHex({ 'of the message': checkpoint }, ({ body }) => body),
    statements: [['of two people', toHex(utf8(jws))] satisfies Sample],
    handshakes: inHex(await linkProofs(keys), (bytes) => bytes),
    registrations: [['signature of a device key', registration.signature] satisfies Sample],
  } satisfies Record<string, Sample[]>;
}

import { fromHex, uuidToBytes } from '../../../shared/base/ids.ts';
import { utf8, type Bytes } from '../../../shared/ledger/bytes.ts';
import { entryKinds, noHash, signEntry, type Entry, type EntryKind } from '../../../shared/ledger/entry.ts';
import { deviceIdOf } from '../../../shared/ledger/keys.ts';
import { encodeJson } from '../../../shared/ledger/payloads.ts';
import { clientIdOf } from '../../../shared/ledger/stream.ts';
import { encodeUpdate, rootOfSong, type DeletedRange, type ItemId, type TextStruct } from '../../../shared/ledger/update.ts';
import { sessionId, type FuzzDevice } from './fuzz-device.ts';
import { songIds } from './people.ts';
import type { World } from './world.ts';

/** A stream written by hand. */
interface Pen {
  run: Bytes;
  seq: number;
  prev: Bytes;
  /** Of its Yjs client. */
  clock: number;
}

const pens = new WeakMap<World, Pen>();

function newPen(world: World): Pen {
  const pen: Pen = { run: world.rng.bytes(8), seq: 0, prev: noHash, clock: 0 };
  pens.set(world, pen);
  return pen;
}

function penOf(world: World): Pen {
  const pen = pens.get(world);
  return pen === undefined || world.rng.chance(0.15) ? newPen(world) : pen;
}

function clientOf(evil: FuzzDevice, pen: Pen): number {
  return clientIdOf(uuidToBytes(sessionId), deviceIdOf(evil.seat.keys.signer.publicKey), pen.run);
}

function signWith(evil: FuzzDevice, pen: Pen, kind: EntryKind, payload: Bytes, seq = pen.seq + 1): Promise<Entry> {
  const { signer } = evil.seat.keys;
  const deviceId = deviceIdOf(signer.publicKey);
  return signEntry(
    { kind, sessionId: uuidToBytes(sessionId), deviceId, run: pen.run, seq, prev: pen.prev, epoch: 1, at: seq, payload },
    signer,
  );
}

function advance(pen: Pen, entry: Entry, clocks: number): void {
  pen.seq = entry.seq;
  pen.prev = fromHex(entry.hash);
  pen.clock += clocks;
}

/** Some character that the document knows, seen or not; null now and then. */
function somePlace(evil: FuzzDevice, world: World): ItemId | null {
  const { rng } = world;
  const { clients } = evil.ledger.fold.doc.store;
  if (clients.size === 0 || rng.chance(0.15)) return null;
  const client = rng.pick([...clients.keys()].sort((a, b) => a - b));
  const struct = rng.pick(clients.get(client) ?? []);
  return { client, clock: struct.id.clock + rng.int(struct.length) };
}

function structAt(world: World, evil: FuzzDevice, clock: number, text: string): TextStruct {
  const [origin, rightOrigin] = [somePlace(evil, world), somePlace(evil, world)];
  const root = origin === null && rightOrigin === null ? rootOfSong(world.rng.pick(songIds)) : null;
  return { clock, length: text.length, origin, rightOrigin, root, text };
}

/** Says it to some of those who listen. */
function give(world: World, evil: FuzzDevice, blocks: readonly Bytes[], share = 0.6): void {
  for (const view of evil.replica.views) if (world.rng.chance(share)) view.link.send({ type: 'entries', entries: [...blocks] });
}

type Deed = (world: World, evil: FuzzDevice) => Promise<void>;

/** Two entries with one number: to some the one, to others the other. R-ENT-3. */
const fork: Deed = async (world, evil) => {
  const pen = penOf(world);
  const make = (text: string): Promise<Entry> => {
    const structs = [structAt(world, evil, pen.clock, text)];
    const place = somePlace(evil, world);
    const deleted: DeletedRange[] = place === null || world.rng.chance(0.5) ? [] : [{ ...place, length: 1 }];
    return signWith(evil, pen, entryKinds.songUpdate, encodeUpdate({ client: clientOf(evil, pen), structs, deleted }));
  };
  const [one, other] = [await make('EVIL'), await make(world.rng.pick(['E2', 'EVIL TOO']))];
  for (const view of evil.replica.views) {
    if (world.rng.chance(0.7)) view.link.send({ type: 'entries', entries: [world.rng.chance(0.5) ? one.bytes : other.bytes] });
    if (world.rng.chance(0.1)) view.link.send({ type: 'entries', entries: [one.bytes, other.bytes] });
  }
  advance(pen, one, 4);
};

/** Text that says it stands between places that are not in that order, or nowhere; ranges that are not there yet. */
const cross: Deed = async (world, evil) => {
  const { rng } = world;
  const pen = penOf(world);
  const client = clientOf(evil, pen);
  const structs = [structAt(world, evil, pen.clock, 'HO')];
  if (rng.chance(0.4)) structs.push(structAt(world, evil, pen.clock + 2, 'S'));
  if (rng.chance(0.2))
    structs.push({ clock: pen.clock + 3, length: 1, origin: { client, clock: pen.clock + 9 }, rightOrigin: null, root: null, text: 'F' });
  const place = somePlace(evil, world);
  const deleted: DeletedRange[] = place === null || rng.chance(0.6) ? [] : [{ ...place, length: 1 + rng.int(40) }];
  const whose = rng.chance(0.9) ? client : (place?.client ?? client);
  const entry = await signWith(evil, pen, entryKinds.songUpdate, encodeUpdate({ client: whose, structs, deleted }));
  give(world, evil, [entry.bytes]);
  // It goes on as if it had been taken, or begins anew.
  if (rng.chance(0.5))
    advance(
      pen,
      entry,
      structs.reduce((sum, { length }) => sum + length, 0),
    );
  else newPen(world);
};

/** Says that what others will write is deleted. */
const future: Deed = async (world, evil) => {
  const pen = penOf(world);
  const victim = world.rng.pick(world.windows);
  const deleted = [{ client: victim.author.clientId, clock: world.rng.int(30), length: 1 + world.rng.int(1_000) }];
  const entry = await signWith(evil, pen, entryKinds.songUpdate, encodeUpdate({ client: clientOf(evil, pen), structs: [], deleted }));
  give(world, evil, [entry.bytes]);
  advance(pen, entry, 0);
};

/** Signed, and nonsense inside. */
const nonsense: Deed = async (world, evil) => {
  const { rng } = world;
  const pen = penOf(world);
  const nowhere = 'ab'.repeat(32);
  const [kind, payload] = rng.pick<readonly [EntryKind, Bytes]>([
    [entryKinds.songUpdate, rng.bytes(rng.int(40))],
    [entryKinds.chat, utf8('{"type":"message"}')],
    [entryKinds.chat, encodeJson({ type: 'message', text: 'answer to nobody', reply_to: nowhere })],
    [entryKinds.chat, encodeJson({ type: 'delete', message: [...evil.ledger.fold.chat.keys()][0] ?? nowhere })],
    [entryKinds.comment, encodeJson({ type: 'edit', comment: nowhere, text: 'of nothing' })],
    [
      entryKinds.songSet,
      encodeJson({ sets: [[`song/${rng.pick(songIds)}`, rng.chance(0.5)]], lamport: evil.ledger.fold.nextLamport + 900 }),
    ],
    [entryKinds.songSet, encodeJson({ sets: [[`song/${rng.pick(songIds)}`, false]], lamport: evil.ledger.fold.nextLamport + 5_000 })],
    [entryKinds.marker, encodeJson({ type: 'take', name: 'take 1', song_id: null })],
    [entryKinds.attested, encodeJson({ user_id: evil.seat.userId, parts: [] })],
  ]);
  const entry = await signWith(evil, pen, kind, payload, pen.seq + (rng.chance(0.9) ? 1 : 2));
  give(world, evil, [entry.bytes]);
  advance(pen, entry, 0);
};

/** Others' entries: again, or with one bit changed. */
const replay: Deed = async (world, evil) => {
  const { rng, server } = world;
  const known = server.judged.flatMap(({ entry }) => entry ?? []);
  if (known.length === 0) return;
  const bytes = new Uint8Array(rng.pick(known).bytes);
  const at = rng.int(bytes.length);
  if (rng.chance(0.6)) bytes[at] = (bytes[at] ?? 0) ^ (1 << rng.int(8));
  give(world, evil, [bytes], 0.3);
};

/** Records and statements of its own making, and old ones. */
const pretend: Deed = async (world, evil) => {
  const { rng, server } = world;
  const { records } = server.disk.readRecords(sessionId, 0, 10);
  const head = rng.bytes(98);
  const jws = server.disk.readStatement(sessionId) ?? evil.ledger.statement?.jws ?? '';
  const view = evil.replica.views.length === 0 ? null : rng.pick(evil.replica.views);
  if (rng.chance(0.5))
    view?.link.send({ type: 'records', firstN: rng.int(5) + 1, records: records.map((bytes) => new Uint8Array(bytes)), head });
  else view?.link.send({ type: 'statement', jws: rng.chance(0.5) ? jws : `${jws.slice(0, -3)}AAA` });
};

const deeds: readonly (readonly [weight: number, deed: Deed])[] = [
  [4, fork],
  [4, cross],
  [2, future],
  [2, nonsense],
  [1, replay],
  [0.5, pretend],
];

/** The musician with a changed program does something that no honest one can. */
export async function misbehave(world: World): Promise<void> {
  const evil = world.seats.find(({ isHostile }) => isHostile)?.window;
  if (evil === undefined || evil === null) return;
  const deed = world.rng.weighted(deeds);
  world.note(`(${deed.name})`);
  await deed(world, evil);
}

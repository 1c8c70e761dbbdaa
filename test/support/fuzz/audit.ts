import { verify } from 'node:crypto';
import * as Y from 'yjs';
import { fromHex, toHex } from '../../../shared/base/ids.ts';
import { equalBytes } from '../../../shared/ledger/bytes.ts';
import { contentDigest } from '../../../shared/ledger/content-digest.ts';
import { entryKinds, noHash, signedBytes, type Entry, type EntryKind } from '../../../shared/ledger/entry.ts';
import type { Fold } from '../../../shared/ledger/fold.ts';
import { Ledger } from '../../../shared/ledger/ledger.ts';
import { loadLedger, readStoredLedger } from '../../../shared/ledger/load.ts';
import { firstChain, nextChain, parseHead } from '../../../shared/ledger/record.ts';
import type { StatementClaims } from '../../../shared/ledger/statement.ts';
import { deviceOfStream } from '../../../shared/ledger/stream.ts';
import type { StreamState } from '../../../shared/ledger/stream-state.ts';
import type { Permission } from '../../../shared/session/roles.ts';
import { auditPayloads } from './audit-payloads.ts';
import { waitsForLost } from './lost-words.ts';
import type { FuzzDevice } from './fuzz-device.ts';
import { sessionId } from './fuzz-device.ts';
import { pageBytes, readDisk } from './read-disk.ts';
import { readersOf } from './settle.ts';
import type { World } from './world.ts';

// What must be true at the end, looked at with as little of the product as can be: its judges judge nothing here.

/** What was found wrong, one line each. */
export type Findings = string[];

const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex');

function isSignedBy(entry: Entry, publicKey: Uint8Array): boolean {
  const key = { key: Buffer.concat([ed25519Prefix, publicKey]), format: 'der', type: 'spki' } as const;
  return verify(null, signedBytes(entry.header), key, entry.signature);
}

const needs: Readonly<Record<EntryKind, Permission | null>> = {
  [entryKinds.songUpdate]: 'edit',
  [entryKinds.songSet]: 'edit',
  [entryKinds.comment]: 'comment',
  [entryKinds.chat]: 'chat',
  [entryKinds.marker]: 'record',
  [entryKinds.attested]: null,
};

/** The table of R-MEM-1 and R-AUT-1 once more. */
function mayCount(entry: Entry, claims: StatementClaims, authorityDevice: string, isOthers: boolean): boolean {
  const needed = needs[entry.kind];
  if (needed === null) return entry.device === authorityDevice;
  const device = claims.devices.find(({ device_id: id }) => id === entry.device);
  if (device === undefined || device.role === null || device.barred) return false;
  const has = (permission: Permission): boolean =>
    device.role === 'owner' || (device.role !== null && claims.permissions[device.role].includes(permission));
  const isRoleEnough = has(needed) && (!isOthers || has('moderate'));
  const isOpen = claims.status === 'active' || (claims.status === 'scheduled' && (device.role === 'owner' || device.role === 'editor'));
  return isRoleEnough && isOpen;
}

/** The comment or message that an entry changes, when it says so. */
function changedBy(entry: Entry): string | null {
  if ((entry.kind !== entryKinds.comment && entry.kind !== entryKinds.chat) || entry.form !== 'whole') return null;
  const words = JSON.parse(new TextDecoder().decode(entry.payload)) as { type: string; comment?: string; message?: string };
  if (entry.kind === entryKinds.comment) return words.comment ?? null;
  return words.type === 'delete' ? (words.message ?? null) : null;
}

/** The authority's disk: numbers, chain, streams, signatures, verdicts. */
function auditRecords(world: World): Findings {
  const found: Findings = [];
  const { server, authority } = world;
  const { entries, records, heads } = readDisk(server.disk);
  const room = server.room;
  const authorityDevice = room?.ledger.authorityDevice ?? '';
  const tips = new Map<string, { seq: number; hash: string }>();
  const seen = new Set<string>();
  const counted = new Map<string, string>();
  const userOf = (device: string): string | undefined => server.claims.devices.find(({ device_id: id }) => id === device)?.user_id;
  let chain = firstChain(new Uint8Array(fromHex(sessionId.replaceAll('-', ''))), 1);
  if (records.length !== server.judged.length) found.push(`JUDGED ${server.judged.length} and ${records.length} on the disk`);
  for (const [at, { record, bytes }] of records.entries()) {
    chain = nextChain(chain, bytes);
    if (record.n !== at + 1) found.push(`NUMBER ${record.n} at ${at + 1}`);
    if (record.verdict === 2) continue;
    const entry = entries.get(record.hash);
    if (entry === undefined) {
      found.push(`LOST record ${record.n} has no entry`);
      continue;
    }
    if (seen.has(record.hash)) found.push(`DOUBLED ${record.n}`);
    seen.add(record.hash);
    const tip = tips.get(entry.stream) ?? { seq: 0, hash: toHex(noHash) };
    if (entry.seq !== tip.seq + 1 || entry.prev !== tip.hash || entry.seq !== record.seq || entry.stream !== record.stream)
      found.push(`ORDER record ${record.n}: ${entry.stream.slice(0, 4)} ${entry.seq} after ${tip.seq}`);
    tips.set(entry.stream, entry);
    const device = server.claims.devices.find(({ device_id: id }) => id === entry.device);
    const publicKey = entry.device === authorityDevice ? authority.raw : device === undefined ? null : fromHex(device.public_key);
    if (publicKey === null || !isSignedBy(entry, publicKey)) found.push(`UNSIGNED record ${record.n}`);
    const claims = server.judged[at]?.claims;
    const changed = changedBy(server.judged[at]?.entry ?? entry);
    const owner = changed === null ? undefined : counted.get(changed);
    const isOthers = owner !== undefined && userOf(owner) !== userOf(entry.device);
    if (record.verdict === 0) counted.set(entry.hash, entry.device);
    if (claims !== undefined && (record.verdict === 0) !== mayCount(entry, claims, authorityDevice, isOthers))
      found.push(`PERMISSION record ${record.n}: verdict ${record.verdict} for kind ${entry.kind} in epoch ${claims.epoch}`);
  }
  const last = parseHead(heads.at(-1) ?? new Uint8Array());
  if (records.length > 0 && (last === null || last.n !== records.length || !equalBytes(last.chain, chain))) found.push('CHAIN of the disk');
  return found;
}

/** Characters that are seen: what counting entries inserted, without what counting entries deleted. */
function expectedCharacters(world: World): Map<string, string> {
  const inserted = new Map<string, string>();
  const deleted = new Set<string>();
  const take = (payload: Uint8Array): void => {
    const { structs, ds } = Y.decodeUpdate(payload);
    for (const struct of structs) {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
      for (let at = 0; at < struct.length; at++) inserted.set(`${struct.id.client},${struct.id.clock + at}`, struct.content.str.charAt(at));
    }
    for (const [client, ranges] of ds.clients)
      for (const { clock, len } of ranges) for (let at = 0; at < len; at++) deleted.add(`${client},${clock + at}`);
  };
  for (const { record, entry } of world.server.judged) {
    if (record.verdict !== 0 || entry === null) continue;
    if (entry.kind === entryKinds.songUpdate) take(entry.payload);
    if (entry.kind !== entryKinds.attested) continue;
    const { parts } = JSON.parse(new TextDecoder().decode(entry.payload)) as { parts: { kind: number; payload: string }[] };
    for (const part of parts) if (part.kind === entryKinds.songUpdate) take(fromHex(part.payload));
  }
  for (const id of deleted) inserted.delete(id);
  return inserted;
}

/** Characters that are to be seen, by their place. */
export function seenCharacters({ doc }: Fold): Map<string, string> {
  const seen = new Map<string, string>();
  for (const [client, structs] of doc.store.clients) {
    for (const struct of structs) {
      if (!(struct instanceof Y.Item) || struct.deleted || !(struct.content instanceof Y.ContentString)) continue;
      for (let at = 0; at < struct.length; at++) seen.set(`${client},${struct.id.clock + at}`, struct.content.str.charAt(at));
    }
  }
  return seen;
}

function auditModel(world: World, fold: Fold): Findings {
  const [want, got] = [expectedCharacters(world), seenCharacters(fold)];
  // Yjs writes U+FFFD for both halves of a character that somebody's text stands in the middle of; only a changed program does that.
  const isSame = want.size === got.size && [...want].every(([id, character]) => got.get(id) === character || got.get(id) === '\ufffd');
  return isSame ? [] : [`MODEL the authority shows ${got.size} characters, ${want.size} count`];
}

/** What people said, by the names of what counts. */
function spoken(fold: Fold): string {
  return JSON.stringify([fold.chat, fold.comments, fold.markers].map((posts) => [...posts.keys()].sort()));
}

export function pictureOf(fold: Fold): string {
  return `${contentDigest(fold).slice(0, 12)} ${spoken(fold)}`;
}

function auditDevice(device: FuzzDevice, world: World, want: string): Findings {
  const { seat, ledger } = device;
  const found: Findings = [];
  const { store } = ledger.fold.doc;
  if (store.pendingStructs !== null || store.pendingDs !== null) found.push(`PENDING ${seat.name}`);
  const isReader = world.server.roleOf(seat) !== null;
  if (isReader && pictureOf(ledger.fold) !== want) found.push(`CONTENT ${seat.name}`);
  const { entries } = readDisk(seat.disk);
  if (seat.isHostile) return found;
  const numbered = new Set(world.server.judged.map(({ record }) => record.hash));
  for (const entry of seat.kept.values()) {
    const kept = entries.get(entry.hash);
    if (kept?.hash !== entry.hash || (kept.form !== 'bare' && !equalBytes(kept.bytes, entry.bytes)))
      found.push(`DRAFT ${seat.name} lost its own ${entry.seq}`);
    if (isReader && !world.isHostile && !numbered.has(entry.hash) && world.server.barred.size === 0)
      found.push(`DROPPED ${seat.name} ${entry.stream.slice(-4)} ${entry.seq} has no record`);
  }
  if (!isReader) return found;
  // What stands on words that only somebody who was removed has waits for them to come back.
  const isOfReader = ({ name }: StreamState): boolean => ledger.device(deviceOfStream(name))?.role != null;
  const isStuck = (stream: StreamState): boolean => isOfReader(stream) && !waitsForLost(world, stream);
  if (!world.isHostile && world.server.barred.size === 0 && ledger.pending().some(isStuck)) found.push(`UNNUMBERED ${seat.name}`);
  for (const [stream, typed] of device.typed) {
    const signed = device.made
      .filter((entry) => entry.stream === stream && entry.kind === entryKinds.songUpdate)
      .reduce((sum, { payload }) => sum + Y.decodeUpdate(payload).structs.reduce((length, struct) => length + struct.length, 0), 0);
    if (signed !== typed) found.push(`TYPED ${seat.name}: ${typed} characters, ${signed} signed`);
  }
  return found;
}

/** What a window would show after a restart without anybody in reach. */
export function auditReopened(device: FuzzDevice, want: string): Findings {
  const { ledger, seat } = device;
  const again = new Ledger(sessionId, ledger.authorityDevice);
  if (ledger.statement !== null) again.setStatement(ledger.statement);
  loadLedger(again, readStoredLedger(seat.disk, sessionId, pageBytes));
  const found = again.n === ledger.n ? [] : [`REOPENED ${seat.name} has ${again.n} of ${ledger.n} records`];
  if (pictureOf(again.fold) !== want) found.push(`REOPENED ${seat.name} shows something else`);
  return found;
}

/** Everything that must be true of a settled session. Empty: all is well. */
export function audit(world: World): Findings {
  const { room } = world.server;
  if (room === null) return ['NOBODY the authority is gone'];
  const want = pictureOf(room.ledger.fold);
  return [
    ...world.faults.map((fault) => `FAULT ${fault instanceof Error ? fault.message : String(fault)}`),
    ...auditRecords(world),
    ...auditModel(world, room.ledger.fold),
    ...world.windows.flatMap((device) => auditDevice(device, world, want)),
    ...readersOf(world).flatMap((device) => auditReopened(device, want)),
    ...auditPayloads(world),
  ];
}

/** What the authority shows after a restart is what it showed before. */
export async function auditRestart(world: World): Promise<Findings> {
  const { server } = world;
  const before = server.room?.ledger;
  server.kill();
  await server.open();
  const after = server.room?.ledger;
  if (before === undefined || after === undefined) return ['NOBODY the authority is gone'];
  const isSame = before.n === after.n && equalBytes(before.chain, after.chain) && pictureOf(before.fold) === pictureOf(after.fold);
  return isSame ? [] : [`RESTART the authority has ${after.n} of ${before.n} records, or shows something else`];
}

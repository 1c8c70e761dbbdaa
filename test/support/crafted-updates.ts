import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { limits } from '../../shared/base/limits.ts';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import type { ItemId } from '../../shared/ledger/update.ts';

interface RawStruct {
  /** Content number in the low bits: 0 GC, 1 deleted, 4 string, 5 embed, 6 format, 7 type, 10 skip. */
  content?: number;
  origin?: ItemId | null;
  right?: ItemId | null;
  root?: string;
  /** A map key. */
  sub?: string;
  write?: (out: encoding.Encoder) => void;
}

type FirstItem = ItemId & { length: number };

interface RawUpdate {
  client: number;
  clock?: number;
  structs?: RawStruct[];
  /** Says another number of structs than there are. */
  count?: number;
  deleted?: [client: number, ranges: [clock: number, length: number][]][];
  tail?: number[];
}

const written = (run: (out: encoding.Encoder) => void): Bytes => {
  const out = encoding.createEncoder();
  run(out);
  return new Uint8Array(encoding.toUint8Array(out));
};

/** Yjs V1 bytes as no editor makes them. */
export function rawUpdate({ client, clock = 0, structs = [], count = structs.length, deleted = [], tail = [] }: RawUpdate): Bytes {
  return written((out) => {
    encoding.writeVarUint(out, count === 0 ? 0 : 1);
    if (count > 0) {
      encoding.writeVarUint(out, count);
      encoding.writeVarUint(out, client);
      encoding.writeVarUint(out, clock);
    }
    for (const { content = 4, origin = null, right = null, root, sub, write } of structs) {
      encoding.writeUint8(out, content | (origin === null ? 0 : 0x80) | (right === null ? 0 : 0x40) | (sub === undefined ? 0 : 0x20));
      for (const id of [origin, right]) {
        if (id === null) continue;
        encoding.writeVarUint(out, id.client);
        encoding.writeVarUint(out, id.clock);
      }
      if (root !== undefined) {
        encoding.writeVarUint(out, 1);
        encoding.writeVarString(out, root);
      }
      if (sub !== undefined) encoding.writeVarString(out, sub);
      if (write === undefined) encoding.writeVarString(out, 'x');
      else write(out);
    }
    encoding.writeVarUint(out, deleted.length);
    for (const [author, ranges] of deleted) {
      encoding.writeVarUint(out, author);
      encoding.writeVarUint(out, ranges.length);
      for (const [at, length] of ranges) {
        encoding.writeVarUint(out, at);
        encoding.writeVarUint(out, length);
      }
    }
    for (const byte of tail) encoding.writeUint8(out, byte);
  });
}

const text = (value: string) => (out: encoding.Encoder) => encoding.writeVarString(out, value);
const length = (value: number) => (out: encoding.Encoder) => encoding.writeVarUint(out, value);

/**
 * Updates that would harm a Yjs document: erase what others will write, block the thread, take memory, leave peers with
 * different text, or hide something in the song.
 * @param client of the stream that carries them
 * @param first first item of the song's text, with its length
 */
export function craftedUpdates(client: number, root: string, first: FirstItem): [what: string, bytes: Bytes][] {
  const start = { client: first.client, clock: first.clock };
  const end = { client: first.client, clock: first.clock + first.length - 1 };
  const one = (struct: RawStruct): Bytes => rawUpdate({ client, structs: [struct] });
  const other = new Y.Doc();
  other.getMap('m').set('k', new Y.Text('nested'));
  return [
    ['no bytes', new Uint8Array(0)],
    ['an empty update', rawUpdate({ client })],
    ['an empty string', one({ root, write: text('') })],
    ['a byte too many', rawUpdate({ client, structs: [{ root }], tail: [0] })],
    ['fewer structs than said', rawUpdate({ client, structs: [{ root }], count: 2 })],
    ['two hundred million structs', rawUpdate({ client, structs: [], count: 200_000_000 })],
    ['a gap of clocks', rawUpdate({ client, clock: 5, structs: [{ root }] })],
    ['another song’s root', one({ root: 's:not-a-song' })],
    ['another root', one({ root: 'songs' })],
    ['the root in capitals', one({ root: root.toUpperCase() })],
    ['a GC struct', one({ content: 0, write: length(3) })],
    ['a skip', one({ content: 10, write: length(3) })],
    ['an embed', one({ content: 5, root, write: text('{"x":1}') })],
    ['a format', one({ content: 6, root, write: (out) => [text('bold')(out), text('true')(out)] })],
    ['a type', one({ content: 7, root, write: length(2) })],
    ['a sub-document', one({ content: 9, root, write: (out) => [text('guid')(out), encoding.writeAny(out, {})] })],
    ['any', one({ content: 8, root, write: (out) => [length(1)(out), encoding.writeAny(out, 'x')] })],
    ['a map key', one({ root, sub: 'title' })],
    ['a map key on an origin', one({ origin: start, sub: 'title' })],
    ['an unknown content', one({ content: 15, root })],
    ['a lone surrogate', one({ root, write: (out) => encoding.writeVarUint8Array(out, Uint8Array.of(0xed, 0xa0, 0x80)) })],
    ['broken UTF-8', one({ root, write: (out) => encoding.writeVarUint8Array(out, Uint8Array.of(0xff, 0xfe)) })],
    ['too many characters', one({ root, write: text('x'.repeat(limits.updateClocks + 1)) })],
    ['clocks near the end of numbers', one({ content: 1, root, write: length(Number.MAX_SAFE_INTEGER - 1) })],
    ['too many structs', rawUpdate({ client, structs: Array.from({ length: limits.updateStructs + 1 }, () => ({ root })) })],
    ['origin right of the right origin', one({ origin: end, right: start })],
    ['one place as both origins', one({ origin: start, right: start })],
    ['an origin in its own future', one({ origin: { client, clock: 3 } })],
    [
      'a parent by id',
      one({ root: undefined as never, write: (out) => [length(0)(out), length(first.client)(out), length(0)(out), text('x')(out)] }),
    ],
    ['the nested text of a map', new Uint8Array(Y.encodeStateAsUpdate(other))],
    [
      'two authors',
      new Uint8Array([
        2,
        ...rawUpdate({ client, structs: [{ root }] }).slice(1, -1),
        ...rawUpdate({ client: 9, structs: [{ root }] }).slice(1),
      ]),
    ],
    ['text of another author', rawUpdate({ client: first.client, clock: first.clock + first.length, structs: [{ root }] })],
    ['an empty deleted range', rawUpdate({ client, deleted: [[first.client, [[0, 0]]]] })],
    ['a client with no ranges', rawUpdate({ client, deleted: [[first.client, []]] })],
    [
      'one client twice',
      rawUpdate({
        client,
        deleted: [
          [first.client, [[0, 1]]],
          [first.client, [[1, 1]]],
        ],
      }),
    ],
    [
      'too many ranges',
      rawUpdate({
        client,
        deleted: [[first.client, Array.from({ length: limits.updateDeletedRanges + 1 }, () => [0, 1] as [number, number])]],
      }),
    ],
    ['a second version’s encoding', Y.convertUpdateFormatV1ToV2(rawUpdate({ client, structs: [{ root }] })) as Bytes],
  ];
}

/** Well-formed, but they build on what is not there: they wait, and nothing may wait inside Yjs. */
export function earlyUpdates(client: number, root: string, first: FirstItem): [what: string, bytes: Bytes][] {
  return [
    ['what others will write is deleted before', rawUpdate({ client, deleted: [[first.client, [[first.clock, 2 ** 40]]]] })],
    ['text of nobody is deleted', rawUpdate({ client, deleted: [[12_345, [[0, 1]]]] })],
    ['an origin that nobody wrote', rawUpdate({ client, structs: [{ origin: { client: 12_345, clock: 0 } }] })],
    [
      'a right origin beyond what is written',
      rawUpdate({ client, structs: [{ right: { client: first.client, clock: first.clock + 1_000_000 } }] }),
    ],
    ['its own clock later', rawUpdate({ client, clock: 7, structs: [{ root }] })],
  ];
}

import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeChunk, encodeChunk, type Chunk } from '../../../src-server/features/recordings/chunk.ts';

const user_id = '0198f000-0000-7000-8000-0000000000aa';
const place = (clock: number) => ({ tname: `s:${user_id}`, item: { client: 4_280_106_140_310_712, clock }, assoc: 0 });
const chunk: Chunk = {
  state: null,
  events: [1, 2, 3].map((at) => ({
    type: 'cursor_moved',
    user_id,
    relative_ms: at * 1_000,
    data: { cursor: { anchor: place(at), head: place(at) }, scroll: 0.5, is_typing: true },
  })),
};

test('a chunk says nothing twice that every chunk says, and one that was written before that is read as well', () => {
  const plain = zstdCompressSync(JSON.stringify(chunk));
  expect(decodeChunk(encodeChunk(chunk))).toEqual(chunk);
  expect(decodeChunk(plain)).toEqual(chunk);
  expect(encodeChunk(chunk).length).toBeLessThan(plain.length * 0.75);
  expect(() => decodeChunk(plain.subarray(0, 40))).toThrow();
});

test('a chunk of an earlier day is read: what they have in common did not change', () => {
  const kept =
    'KLUv/WBvA5UCAOBhYTAwNDI4MDEwNjE0MDMxMDcxMjIyMjMzM119EwACUxpID4OUBQAlDaSHIeW65Vl0cSJeFwXQIcFllwTAtoAwxgWtXQe8CA2sig3DjGk7rSA=';
  expect(decodeChunk(Buffer.from(kept, 'base64'))).toEqual(chunk);
});

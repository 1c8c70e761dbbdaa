import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { z } from 'zod';
import { fromHex, toHex } from '../../shared/base/ids.ts';
import { limits } from '../../shared/base/limits.ts';
import { ChunkReader, toChunks } from '../../shared/ledger/chunks.ts';
import { deedsOf } from '../../shared/ledger/deeds.ts';
import { parseEntry, signedBytes } from '../../shared/ledger/entry.ts';
import { Verifier } from '../../shared/ledger/keys.ts';
import { protocolVersion } from '../../shared/ledger/messages.ts';
import { parseHead, verifyHead } from '../../shared/ledger/record.ts';
import { verifyStatement } from '../../shared/ledger/statement.ts';
import { rootOfSong } from '../../shared/ledger/update.ts';
import { clientFrame } from '../../src-server/signaling/frames.ts';
import { wireCodecs } from '../support/wire-codecs.ts';
import { wireKeys, wireSessionBytes, wireSessionId, wireSongId, type WireKeys } from '../support/wire-keys.ts';
import { wireSamples, type Sample } from '../support/wire-samples.ts';

const root = join(import.meta.dirname, '../..');
const fixtures = join(root, 'test/fixtures/wire');
const present = `v${String(protocolVersion)}`;
/** Read alone, strictly. */
const parsed = ['updates', 'entries', 'records', 'heads', 'messages', 'checkpoint-heads', 'checkpoint-bodies'] as const;
const kinds = [...parsed, 'statements', 'handshakes', 'registrations'] as const;
type Kind = (typeof kinds)[number];
type Codecs = ReturnType<typeof wireCodecs>;

/** `says` is what the frame means, where it is read alone. */
const frameSchema = z.strictObject({ name: z.string(), hex: z.string(), says: z.unknown().optional() });
type Frame = z.infer<typeof frameSchema>;

const advice =
  'A frame that programs of this version exchange is not what it was. Either the change was not meant, or it is a new version of the ' +
  'protocol: then raise protocolVersion in shared/ledger/messages.ts, leave these fixtures as they are, put those of the new version ' +
  `(made by this test in .cache/wire) beside them, and add a line to the history in docs/protocol.md.`;

let keys: WireKeys;
let codecs: Codecs;
let samples: Record<Kind, Sample[]>;

beforeAll(async () => {
  keys = await wireKeys();
  codecs = wireCodecs(keys);
  samples = await wireSamples();
  // What today's code makes, to look at and to begin the fixtures of a new version with.
  const made = join(root, '.cache/wire', present);
  mkdirSync(made, { recursive: true });
  for (const kind of kinds)
    writeFileSync(join(made, `${kind}.json`), `${JSON.stringify(samples[kind].map(describeSample(kind)), null, 2)}\n`);
});

const codecOf = (kind: Kind) => (kind in codecs ? codecs[kind as keyof Codecs] : null);

function describeSample(kind: Kind): (sample: Sample) => Frame {
  return ([name, hex]) => {
    const codec = codecOf(kind);
    return codec === null ? { name, hex } : { name, hex, says: codec.read(fromHex(hex))?.says };
  };
}

function readFrames(version: string, kind: string): Frame[] {
  return z.array(frameSchema).parse(JSON.parse(readFileSync(join(fixtures, version, `${kind}.json`), 'utf8')));
}

describe(`the wire of version ${String(protocolVersion)} is frozen`, () => {
  test.each(kinds)('%s: today’s code makes the very bytes', (kind) => {
    const now = samples[kind].map(([name, hex]) => ({ name, hex }));
    expect(now, advice).toEqual(readFrames(present, kind).map(({ name, hex }) => ({ name, hex })));
  });

  test.each(parsed)('%s: are read as before, and written the same again', async (kind) => {
    for (const { name, hex, says } of readFrames(present, kind)) {
      const frame = codecs[kind].read(fromHex(hex));
      expect(frame?.says, `${name}: ${advice}`).toEqual(says);
      expect(toHex((await frame?.write()) ?? new Uint8Array()), `${name}: ${advice}`).toBe(hex);
    }
  });

  test.each(parsed)('%s: a byte too many or too few is refused', (kind) => {
    for (const { name, hex } of readFrames(present, kind)) {
      expect(codecs[kind].read(fromHex(`${hex}00`)), name).toBeNull();
      expect(codecs[kind].read(fromHex(hex.slice(0, -2))), name).toBeNull();
    }
  });

  test('its fingerprint stands in the history, and the fixtures of every version are kept', () => {
    const history = readFileSync(join(root, 'docs/protocol.md'), 'utf8');
    const versions = Array.from({ length: protocolVersion }, (_, at) => `v${String(at + 1)}`);
    expect(readdirSync(fixtures).toSorted()).toEqual(versions.toSorted());
    for (const version of versions) {
      const hash = createHash('sha256');
      for (const file of readdirSync(join(fixtures, version)).toSorted()) hash.update(readFileSync(join(fixtures, version, file)));
      const fingerprint = hash.digest('hex').slice(0, 16);
      expect(history, `docs/protocol.md has no line "| ${version.slice(1)} | \`${fingerprint}\` | …"`).toContain(
        `| ${version.slice(1)} | \`${fingerprint}\` |`,
      );
    }
  });
});

describe('the frozen frames mean what they say', () => {
  test('every entry is signed by its author, and the head by the authority', async () => {
    const verifier = new Verifier();
    for (const { name, hex } of readFrames(present, 'entries')) {
      const entry = parseEntry(fromHex(hex));
      const author = [keys.authority, keys.ann, keys.bob].find(({ stream }) => stream === entry?.stream);
      const isGenuine =
        entry !== null && author !== undefined && (await verifier.verify(name, author.raw, entry.signature, signedBytes(entry.header)));
      expect(isGenuine, name).toBe(true);
    }
    const [head] = readFrames(present, 'heads').map(({ hex }) => parseHead(fromHex(hex)));
    if (head === null || head === undefined) throw new Error('no head');
    expect(await verifyHead(wireSessionBytes, head, keys.authority.raw, verifier)).toBe(true);
    expect(await verifyHead(wireSessionBytes, { ...head, n: head.n - 1 }, keys.authority.raw, verifier)).toBe(false);
  });

  test('every payload is one of its kind', () => {
    for (const { name, hex } of readFrames(present, 'entries')) {
      const entry = parseEntry(fromHex(hex));
      if (entry?.form !== 'bare') expect(entry === null ? null : deedsOf(entry), name).not.toBeNull();
    }
  });

  test('a statement is verified by the published key, for its own session only', async () => {
    const [frame] = readFrames(present, 'statements');
    const jws = new TextDecoder().decode(fromHex(frame?.hex ?? ''));
    expect((await verifyStatement(jws, keys.authority.publicKey, wireSessionId))?.claims.epoch).toBe(300);
    expect(await verifyStatement(jws, keys.ann.publicKey, wireSessionId)).toBeNull();
    expect(await verifyStatement(jws, keys.authority.publicKey, wireSongId)).toBeNull();
  });

  test('an update is one of Yjs', () => {
    const doc = new Y.Doc();
    const [typed, removed] = readFrames(present, 'updates');
    Y.applyUpdate(doc, fromHex(typed?.hex ?? ''));
    expect(doc.getText(rootOfSong(wireSongId)).toJSON()).toBe('[G]🎵Silent');
    Y.applyUpdate(doc, fromHex(removed?.hex ?? ''));
    expect(doc.getText(rootOfSong(wireSongId)).toJSON()).toBe('[G]🎵');
  });

  test('a message travels in chunks of 16 KiB that say whether more follow', () => {
    const message = new Uint8Array(20_000).map((_, at) => at % 251);
    const chunks = [...toChunks(message)];
    expect(chunks.map((chunk) => [chunk[0], chunk.length])).toEqual([
      [0, limits.chunkBytes],
      [1, 20_000 - (limits.chunkBytes - 1) + 1],
    ]);
    const reader = new ChunkReader();
    expect(chunks.map((chunk) => reader.read(chunk))).toEqual([null, message]);
  });

  test('signaling: what clients send is taken, what looks like it is not', () => {
    const { accepted, refused } = z
      .strictObject({ accepted: z.array(z.unknown()), refused: z.array(z.unknown()) })
      .parse(JSON.parse(readFileSync(join(fixtures, present, 'signaling.json'), 'utf8')));
    for (const frame of accepted) expect(clientFrame.safeParse(frame).success, JSON.stringify(frame)).toBe(true);
    for (const frame of refused) expect(clientFrame.safeParse(frame).success, JSON.stringify(frame)).toBe(false);
  });
});

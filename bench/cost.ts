import * as Y from 'yjs';
import { contentDigest } from '../shared/ledger/content-digest.ts';
import { signedBytes } from '../shared/ledger/entry.ts';
import { Verifier } from '../shared/ledger/keys.ts';
import { rootOfSong } from '../shared/ledger/update.ts';
import { Band, songId, type Member } from '../test/support/band.ts';
import { Pipe } from '../test/support/pipe.ts';
import { typingTrace, type Edit } from './typing-trace.ts';

// What signing, verifying and the ledger add to plain Yjs over the same in-memory transport: one entry each edit, sent when made.
// `npm run bench -- cost`: both in turns, several times; the median of the turns is printed.

const turns = 5;
const { edits, text: expected } = typingTrace();

function apply(text: Y.Text, { at, remove, insert }: Edit): void {
  text.doc?.transact(() => {
    if (remove > 0) text.delete(at, remove);
    if (insert !== '') text.insert(at, insert);
  });
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Cost {
  /** Microseconds an edit, until the other side has it: both sides' work, one after the other. */
  wallUs: number;
  cpuUs: number;
  /** On the wire, an edit. */
  bytes: number;
}

async function measured(run: () => Promise<number>): Promise<Cost> {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const bytes = await run();
  const used = process.cpuUsage(cpu);
  return {
    wallUs: ((performance.now() - began) * 1_000) / edits.length,
    cpuUs: (used.user + used.system) / edits.length,
    bytes: bytes / edits.length,
  };
}

async function plain(): Promise<Cost> {
  const [a, b] = [new Y.Doc(), new Y.Doc()];
  const [mine, theirs] = [a.getText(rootOfSong(songId)), b.getText(rootOfSong(songId))];
  let bytes = 0;
  a.on('update', (update: Uint8Array) => {
    bytes += update.length;
    const copy = new Uint8Array(update);
    queueMicrotask(() => Y.applyUpdate(b, copy));
  });
  const cost = await measured(async () => {
    for (const edit of edits) {
      apply(mine, edit);
      await Promise.resolve();
    }
    return bytes;
  });
  if (theirs.toJSON() !== expected) throw new Error('plain Yjs: the texts differ');
  return cost;
}

async function signed(): Promise<Cost> {
  const band = await Band.open();
  const [ann, bob] = [await band.join('ann', 'owner'), await band.join('bob', 'editor')];
  const lines = [ann, bob].map((member) => new Pipe(member, band));
  while (ann.ledger.statement === null || bob.ledger.statement === null) await turn();
  // Two peers alone, as in the mesh: numbering is the authority's work, not the links'.
  for (const line of lines) line.cut();
  const mesh = new Pipe(ann, bob);
  while (ann.replica.views.length === 0 || bob.replica.views.length === 0 || bob.replica.views[0]?.n == null) await turn();
  const before = mesh.bytes;
  const cost = await measured(async () => {
    for (const edit of edits) {
      apply(ann.text, edit);
      await ann.author.flush();
    }
    while (bob.ledger.pendingOf(ann.device).length < ann.entriesMade.length) await turn();
    return mesh.bytes - before;
  });
  if (bob.text.toJSON() !== expected || contentDigest(ann.ledger.fold) !== contentDigest(bob.ledger.fold))
    throw new Error('the ledger: the texts differ');
  if (ann.entriesMade.length !== edits.length) throw new Error(`${ann.entriesMade.length} entries for ${edits.length} edits`);
  await parts(ann);
  return cost;
}

let hasParts = false;

/** Signature alone: made, and checked. */
async function parts(ann: Member): Promise<void> {
  if (hasParts) return;
  hasParts = true;
  const sample = ann.entriesMade.slice(0, 2_000);
  const verifier = new Verifier();
  const each = async (run: (at: number) => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    for (let at = 0; at < sample.length; at++) await run(at);
    return Math.round(((performance.now() - began) * 1_000) / sample.length);
  };
  const bytesOf = (at: number) => signedBytes(sample[at]?.header ?? new Uint8Array());
  const sign = await each((at) => ann.keys.signer.sign(bytesOf(at)));
  const verify = await each(async (at) => {
    const isGenuine = await verifier.verify('ann', ann.keys.signer.publicKey, sample[at]?.signature ?? new Uint8Array(), bytesOf(at));
    if (!isGenuine) throw new Error('a signature does not verify');
  });
  console.log(`one signature: ${sign} µs to make, ${verify} µs to check (WebCrypto in Node, one at a time)`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

console.log(`${edits.length} edits that make ${expected.length} characters of this project's sample songs`);
const costs: { plain: Cost[]; signed: Cost[] } = { plain: [], signed: [] };
for (let at = 0; at < turns; at++) {
  costs.plain.push(await plain());
  costs.signed.push(await signed());
}
for (const [name, all] of Object.entries(costs)) {
  const of = (pick: (cost: Cost) => number): string => median(all.map(pick)).toFixed(0);
  console.log(
    `${name.padEnd(7)} ${of((cost) => cost.wallUs)} µs, ${of((cost) => cost.cpuUs)} µs of processor, ${of((cost) => cost.bytes)} bytes an edit`,
  );
}

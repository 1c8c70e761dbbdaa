import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Fold } from '../../../shared/ledger/fold.ts';
import { Verifier } from '../../../shared/ledger/keys.ts';
import { RefusedEdits } from '../../../shared/ledger/refused-edits.ts';
import { answerAtOnce } from '../../support/fuzz/quick-crypto.ts';
import { runSeed } from '../../support/fuzz/run-seed.ts';
import type { World } from '../../support/fuzz/world.ts';

// The fuzz must be able to fail: each test breaks one thing that the product does right, and expects to hear of it.

let undo: () => void = () => undefined;
beforeAll(() => {
  undo = answerAtOnce();
});
afterAll(() => undo());
afterEach(() => void vi.restoreAllMocks());

const apply: (this: Fold, ...args: Parameters<Fold['apply']>) => ReturnType<Fold['apply']> = Reflect.get(Fold.prototype, 'apply');
const seeds = Array.from({ length: 8 }, (_, at) => at + 1);

/** What is reported, by its first word, when stories are told in a world that is broken so; up to the first that is `wanted`. */
async function reported(plant: (world: World) => void, ...wanted: string[]): Promise<Set<string>> {
  const words = new Set<string>();
  for (const seed of seeds) {
    const { findings } = await runSeed(seed, false, plant);
    for (const finding of findings) words.add(finding.split(' ')[0] ?? '');
    if (wanted.some((word) => words.has(word))) break;
  }
  return words;
}

test('the same stories are without a finding where nothing is broken', async () => {
  expect([...(await reported(() => undefined))]).toEqual([]);
});

test('an entry lost: the authority keeps its record only', async () => {
  const words = await reported(({ server: { disk } }) => {
    const appendSequenced = disk.appendSequenced.bind(disk);
    disk.appendSequenced = (session, firstN, batch, head) =>
      appendSequenced(
        session,
        firstN,
        batch.map(({ entry, record }) => ({ entry: firstN % 5 === 3 ? null : entry, record })),
        head,
      );
  }, 'LOST');
  expect([...words]).toContain('LOST');
});

test('an entry lost: one window does not fold it', async () => {
  const words = await reported(
    (world) => {
      vi.spyOn(Fold.prototype, 'apply').mockImplementation(function lossy(this: Fold, entry, mode, isJudged) {
        const isThere = world.seats[1]?.window?.ledger.fold === this;
        return isThere && entry.seq === 2 ? 'ok' : apply.call(this, entry, mode, isJudged);
      });
    },
    'CONTENT',
    'MODEL',
    'THROWN',
  );
  expect([...words].some((word) => ['CONTENT', 'MODEL', 'THROWN'].includes(word))).toBe(true);
});

test('an own draft lost: a device forgets what it had kept', async () => {
  const words = await reported((world) => {
    world.onSeat = ({ disk }) => {
      const readEntries = disk.readEntries.bind(disk);
      disk.readEntries = (...args) => {
        const page = readEntries(...args);
        return { ...page, entries: page.entries.slice(0, 5) };
      };
    };
  }, 'DRAFT');
  expect([...words]).toContain('DRAFT');
});

test('a draft lost: a person’s refused changes are not looked for', async () => {
  const words = await reported(() => {
    vi.spyOn(RefusedEdits.prototype, 'read').mockImplementation(() => []);
  }, 'NODRAFT');
  expect([...words]).toContain('NODRAFT');
});

test('words lost: what a person said and was refused is not kept', async () => {
  const words = await reported(() => {
    vi.spyOn(RefusedEdits.prototype, 'readWords').mockImplementation(() => []);
  }, 'UNSAID');
  expect([...words]).toContain('UNSAID');
});

test('an entry doubled: the authority numbers it twice', async () => {
  const words = await reported(({ server }) => {
    server.sabotage = ({ ledger }) => {
      const foldedPending = ledger.foldedPending.bind(ledger);
      ledger.foldedPending = (most) => foldedPending(most).flatMap((entry) => (entry.seq === 2 ? [entry, entry] : [entry]));
    };
  }, 'DOUBLED');
  expect([...words]).toContain('DOUBLED');
});

test('entries reordered: the authority numbers the later one first', async () => {
  const words = await reported(
    ({ server }) => {
      server.sabotage = ({ ledger }) => {
        const foldedPending = ledger.foldedPending.bind(ledger);
        ledger.foldedPending = (most) => foldedPending(most).toReversed();
      };
    },
    'ORDER',
    'THROWN',
    'FAULT',
  );
  expect([...words].some((word) => ['ORDER', 'THROWN', 'FAULT'].includes(word))).toBe(true);
});

test('an entry unsigned: nobody looks at signatures', async () => {
  const words = await reported((world) => {
    world.makeVerifier = () => Object.assign(new Verifier(), { verify: async () => true });
    world.onSeat = ({ name, keys: { signer } }) => {
      if (name === 'd0') signer.sign = async () => new Uint8Array(64);
    };
  }, 'UNSIGNED');
  expect([...words]).toContain('UNSIGNED');
});

test('an entry wrongly permitted: the authority counts what it should refuse', async () => {
  const words = await reported(({ server }) => {
    server.sabotage = ({ ledger }) => {
      ledger.modeOf = () => 'whole';
    };
  }, 'PERMISSION');
  expect([...words]).toContain('PERMISSION');
});

test('an entry folded in the wrong mode: one window shows refused text', async () => {
  const words = await reported((world) => {
    vi.spyOn(Fold.prototype, 'apply').mockImplementation(function generous(this: Fold, entry, mode, isJudged) {
      const isThere = world.seats[1]?.window?.ledger.fold === this;
      return apply.call(this, entry, isThere ? 'whole' : mode, isJudged);
    });
  }, 'CONTENT');
  expect([...words]).toContain('CONTENT');
});

import * as Y from 'yjs';
import { expect, test } from 'vitest';
import { fitnessOf } from '../../../shared/ledger/structure.ts';
import { decodeUpdate, encodeUpdate, rootOfSong, unbounded, type TextUpdate } from '../../../shared/ledger/update.ts';
import { applySplice, type Splice } from '../../../shared/playback/splice.ts';
import { TextPlaces } from '../../../shared/playback/text-places.ts';
import { Rng } from '../../support/fuzz/rng.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 150);
const first = Number(process.env['FUZZ_FROM'] ?? 1);
const songIds = ['aa', 'bb'].map((end) => `0198f000-0000-7000-8000-0000000000${end}`);
const words = ['a', 'la ', '[G]', '🎸', '\n', 'x🎄y🎄', 'Stille Nacht '];

/** What people wrote at the same time, in an order in which each finds what it builds on. */
class Writers {
  readonly updates: TextUpdate[] = [];
  readonly #rng: Rng;
  readonly #docs: Y.Doc[];

  constructor(rng: Rng, count: number) {
    this.#rng = rng;
    this.#docs = Array.from({ length: count }, (_, at) => {
      const doc = new Y.Doc();
      doc.clientID = at + 1;
      doc.on('update', (bytes: Uint8Array, origin: unknown) => {
        if (origin === 'others') return;
        const update = decodeUpdate(bytes, doc.clientID, unbounded);
        if (update !== null) this.updates.push(update);
      });
      return doc;
    });
  }

  turn(): void {
    const doc = this.#rng.pick(this.#docs);
    if (this.#rng.chance(0.3)) Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.#rng.pick(this.#docs)), 'others');
    const edits = this.#rng.chance(0.7) ? 1 : 1 + this.#rng.int(6);
    doc.transact(() => {
      for (let at = 0; at < edits; at++) this.#edit(doc.getText(rootOfSong(this.#rng.pick(songIds))));
    });
  }

  #edit(text: Y.Text): void {
    const at = this.#rng.int(text.length + 1);
    if (this.#rng.chance(0.35)) text.delete(at, Math.min(text.length - at, 1 + this.#rng.int(9)));
    else if (this.#rng.chance(0.3)) text.insert(text.length, this.#rng.pick(words));
    else text.insert(at, this.#rng.pick(words));
  }
}

/** Any of a text's characters and its ends, there or taken out, as a pointer names it. */
function anyPosition(rng: Rng, doc: Y.Doc): Y.RelativePosition {
  const assoc = rng.chance(0.5) ? 0 : -1;
  const client = 1 + rng.int(4);
  const clocks = Y.getState(doc.store, client);
  if (clocks === 0 || rng.chance(0.1))
    return Y.createRelativePositionFromJSON({ tname: rootOfSong(rng.pick(songIds)), item: null, type: null, assoc });
  return Y.createRelativePositionFromJSON({ item: { client, clock: rng.int(clocks + 1) }, assoc });
}

function follow(seed: number): void {
  const rng = new Rng(seed);
  const writers = new Writers(rng, 4);
  for (let turn = 0; turn < 60; turn++) writers.turn();
  const doc = new Y.Doc();
  const early = rng.chance(0.5) ? 0 : rng.int(writers.updates.length);
  let places: TextPlaces | null = null;
  const texts = new Map<string, string>();
  const begin = (): TextPlaces => {
    const begun = new TextPlaces(doc);
    for (const [songId, text] of begun.texts()) texts.set(songId, text);
    return begun;
  };
  for (const [at, update] of writers.updates.entries()) {
    if (at === early) places = begin();
    expect(fitnessOf(doc, update)).toBe('ok');
    Y.applyUpdate(doc, encodeUpdate(update));
    if (places === null) continue;
    for (const splice of places.take(update)) change(texts, splice);
    const real = new Map(songIds.filter((id) => doc.share.has(rootOfSong(id))).map((id) => [id, doc.getText(rootOfSong(id)).toJSON()]));
    for (const [songId, text] of real) expect(texts.get(songId) ?? '').toBe(text);
    expect(places.texts()).toEqual(real);
    const position = anyPosition(rng, doc);
    const found =
      position.tname !== null && !doc.share.has(position.tname) ? null : Y.createAbsolutePositionFromRelativePosition(position, doc);
    const songId = found === null ? null : songIds.find((id) => doc.share.get(rootOfSong(id)) === found.type);
    expect(places.find(position)).toEqual(found === null ? null : { songId, index: found.index });
  }
}

function change(texts: Map<string, string>, splice: Splice): void {
  const before = texts.get(splice.song_id) ?? '';
  expect(before.slice(splice.at, splice.at + splice.removed.length)).toBe(splice.removed);
  texts.set(splice.song_id, applySplice(before, splice));
}

test('the places of characters are those that Yjs has, whoever writes where at the same time', () => {
  for (let seed = first; seed < first + runs; seed++) {
    try {
      follow(seed);
    } catch (error) {
      throw new Error(`replay with FUZZ_FROM=${String(seed)} FUZZ_RUNS=1`, { cause: error });
    }
  }
});

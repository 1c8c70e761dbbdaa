import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One change of a text: at an offset, so many characters away, these in their place. */
export interface Edit {
  at: number;
  remove: number;
  insert: string;
}

/** A small linear congruential generator: the same trace each time. */
function rolls(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** One slip in so many keys; people who write at a computer correct about that many. */
const keysPerSlip = 25;

/**
 * The sample songs as somebody writes them: the words first, key by key, with slips that are taken back; then line by line the
 * chords, put in where they belong. No published editing trace is on the package registry; these are this project's real texts.
 */
export function typingTrace(): { edits: Edit[]; text: string } {
  const folder = join(import.meta.dirname, '../assets/songs');
  const files = readdirSync(folder).filter((name) => /\.(cho|pro|chopro)$/.test(name));
  const roll = rolls(7);
  const edits: Edit[] = [];
  let text = '';
  const change = (at: number, remove: number, insert: string): void => {
    edits.push({ at, remove, insert });
    text = text.slice(0, at) + insert + text.slice(at + remove);
  };
  for (const file of files.sort()) {
    const song = readFileSync(join(folder, file), 'utf8').replaceAll('\r', '');
    const start = text.length;
    for (const key of song.replaceAll(/\[[^\]\n]*\]/g, '')) {
      if (roll() < 1 / keysPerSlip) {
        change(text.length, 0, 'x');
        change(text.length - 1, 1, '');
      }
      change(text.length, 0, key);
    }
    // From the first line to the last, each chord in one go, as completion puts it in.
    for (const { index, 0: chord } of song.matchAll(/\[[^\]\n]*\]/g)) change(start + index, 0, chord);
    if (text.slice(start) !== song) throw new Error(`the trace of ${file} does not make the song`);
  }
  return { edits, text };
}

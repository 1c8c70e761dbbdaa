import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../assets/songs/', import.meta.url));

/** Numbers that are the same in each run. */
function createDice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A library of songs of some 30 lines, made of the lines and words of assets/songs: each with a title and artist of its own. */
export function makeSongs(count: number): { name: string; content: Uint8Array<ArrayBuffer> }[] {
  const dice = createDice(42);
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.cho'))
    .map((name) => readFileSync(folder + name, 'utf8'));
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => /\[[A-G]/.test(line));
  const words = [...new Set(lines.flatMap((line) => line.replace(/\[[^\]]*\]/g, '').match(/\p{L}{3,}/gu) ?? []))];
  const pick = (from: readonly string[]): string => from[dice(from.length)] ?? '';
  return Array.from({ length: count }, (_, at) => {
    const title = `${pick(words)} ${pick(words)} ${pick(words)} ${at}`;
    const artist = `${pick(words)} & The ${pick(words)}s`;
    const body = Array.from({ length: 20 + dice(20) }, () => `${pick(lines)} ${pick(words)}`).join('\n');
    const content = new TextEncoder().encode(
      `{title: ${title}}\n{artist: ${artist}}\n{key: G}\n\n{start_of_verse}\n${body}\n{end_of_verse}\n`,
    );
    return { name: `${at}.cho`, content };
  });
}

import { readBrackets } from './read-brackets.ts';

/** `cc="D G D"`, `cc="Verse1"`, `cc="Verse1:D G D"`: under which name the chords of a section are kept, and which they are. */
export function readChanges(value: string): { name: string | null; chords: string[] } {
  const colon = value.indexOf(':');
  const name = colon < 0 ? null : value.slice(0, colon).trim();
  const chords = value
    .slice(colon + 1)
    .split(/\s+/)
    .filter((chord) => chord !== '');
  // One word alone is a name, unless it can only be a chord that is given.
  return name === null && chords.length === 1 ? { name: chords[0] ?? null, chords: [] } : { name, chords };
}

/**
 * The chords of the first verse, for the verses after it: `[^]` is the chord that had this place there. Sections of one name share
 * their chords; a chord that is written out takes the place of the one that was kept.
 */
export class ChordChanges {
  private readonly kept = new Map<string, string[]>();
  private chords: string[] | null = null;
  private isKeeping = false;
  private next = 0;

  /** A section begins; `cc` is its attribute of that name. */
  start(type: string, cc: string | undefined): void {
    const { name, chords } = cc === undefined ? { name: null, chords: [] } : readChanges(cc);
    const known = this.kept.get(name ?? type) ?? [];
    if (chords.length > 0) known.splice(0, known.length, ...chords);
    this.kept.set(name ?? type, known);
    this.chords = known;
    this.isKeeping = known.length === 0;
    this.next = 0;
  }

  end(): void {
    this.chords = null;
  }

  /** The line with its `[^]` replaced; those that nothing was kept for stay. Linear. */
  recall(content: string): string {
    const { chords } = this;
    if (chords === null || !content.includes('[')) return content;
    let result = '';
    let at = 0;
    for (const bracket of readBrackets(content).brackets) {
      const isRecall = bracket.content === '^';
      // Only a section that begins with chords of its own is one to learn from.
      if (isRecall && this.next === 0) this.isKeeping = false;
      const known = isRecall ? chords[this.next] : undefined;
      if (!isRecall && this.isKeeping) chords.push(bracket.content);
      this.next += 1;
      if (known === undefined) continue;
      result += `${content.slice(at, bracket.from)}[${known}]`;
      at = bracket.to;
    }
    return result + content.slice(at);
  }
}

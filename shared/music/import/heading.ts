export interface Heading {
  /** As in {start_of_X}. */
  type: string;
  label: string;
}

const known: readonly (readonly [RegExp, string])[] = [
  [/^pre[\s-]*(?:chorus|refrain)/i, 'pre_chorus'],
  [/^post[\s-]*(?:chorus|refrain)/i, 'post_chorus'],
  [/^(?:chorus|refrain|ref\b|estribillo|refrão|ritornello|kehrvers|припев|coro)/i, 'chorus'],
  [/^(?:verse|vers\b|strophe|couplet|verso|strofa|estrofa|куплет)/i, 'verse'],
  [/^(?:bridge|brücke|pont|puente)/i, 'bridge'],
  [/^intro(?:duction)?/i, 'intro'],
  [/^(?:outro|ending|end\b)/i, 'outro'],
  [/^(?:interlude|zwischenspiel)/i, 'interlude'],
  [/^(?:instrumental|instr\b)/i, 'instrumental'],
  [/^solo/i, 'solo'],
  [/^tag/i, 'tag'],
  [/^coda/i, 'coda'],
  [/^hook/i, 'hook'],
  [/^break(?:down)?/i, 'break'],
  [/^vamp/i, 'vamp'],
  [/^turn\s?around/i, 'turnaround'],
];

const longest = 60;

/**
 * `[Verse 1]`, `Verse 1:`, `CHORUS`: a line that names a section. Words in square brackets name one even when they are not known;
 * without brackets or colon only a known name counts, so that no line of lyrics is taken for a heading.
 */
export function readHeading(line: string): Heading | null {
  const text = line.trim();
  if (text.length < 2 || text.length > longest) return null;
  const inBrackets = /^\[([^[\]]+)\]:?$/.exec(text)?.[1]?.trim();
  const withColon = /^([^:[\]]+):$/.exec(text)?.[1]?.trim();
  const label = inBrackets ?? withColon ?? text;
  const type = known.find(([pattern]) => pattern.test(label))?.[1];
  if (type !== undefined) {
    const rest = label.replace(/^\S+/, '').trim();
    const isMarked = inBrackets !== undefined || withColon !== undefined;
    // “Chorus 2”, “Verse II (x2)”, but not “Tag along with me”.
    return isMarked || /^(?:[\divx]{1,4}|[A-D])?\s*(?:\(?[x×]?\s*\d*[x×]?\)?)?$/i.test(rest) ? { type, label } : null;
  }
  if (inBrackets === undefined || inBrackets.startsWith('*')) return null;
  return { type: customType(inBrackets), label };
}

/** A name for {start_of_X}: letters, digits and underscores. */
function customType(label: string): string {
  const word = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[a-z]/.test(word) ? word.replace(/_?\d+$/, '') || 'part' : 'part';
}

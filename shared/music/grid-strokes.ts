/** A row of strokes begins with its first bar: `|s dn up`. Chords may stand among them. */
const strumStart = /^[^|]*\|[sS](?=\s)/;
const strokeText = /^(?:(up|dn|[ud])([asx]?)|x)(\+?)$/;

export const isStrumRow = (line: string): boolean => strumStart.test(line);

export const isStroke = (text: string): boolean => strokeText.test(text);

/** `dn` as ↓, `up` as ↑, `x` as a muted beat; drawn out, short and muted strokes have a sign of their own, accents a double arrow. Null for what is no stroke. */
export function strokeArrow(text: string): string | null {
  const match = strokeText.exec(text);
  if (match === null) return null;
  const [, way, manner, accent] = match;
  if (way === undefined) return '×';
  const isUp = way.startsWith('u');
  const arrow = accent === '+' ? (isUp ? '⇑' : '⇓') : isUp ? '↑' : '↓';
  return arrow + (signs[manner ?? ''] ?? '');
}

const signs: Readonly<Record<string, string>> = { a: '~', s: '·', x: '×' };

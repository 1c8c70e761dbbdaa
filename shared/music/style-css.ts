import type { TextMark, TextStyle } from './markup.ts';

const families = {
  serif: 'Georgia, "Times New Roman", serif',
  sans: 'var(--chart-font, sans-serif)',
  mono: 'var(--chart-mono, monospace)',
} as const;

/**
 * A style as rules of CSS. A colour keeps its hue and gets the lightness that can be read on the paper it stands on; behind words it is
 * no more than a tint.
 */
export function cssRules(style: TextStyle): Record<string, string> {
  const rules: Record<string, string> = {};
  if (style.bold !== undefined) rules['font-weight'] = style.bold ? '700' : '400';
  if (style.italic !== undefined) rules['font-style'] = style.italic ? 'italic' : 'normal';
  const lines = [style.underline === true ? 'underline' : '', style.strike === true ? 'line-through' : ''].filter((line) => line !== '');
  if (lines.length > 0) rules['text-decoration'] = lines.join(' ');
  if (style.family !== undefined) rules['font-family'] = families[style.family];
  if (style.size !== undefined) {
    rules['font-size'] = `${style.size}em`;
    // Else larger letters would run into the line above.
    if (style.size > 1) rules['line-height'] = '1.4';
  }
  if (style.script !== undefined) rules['vertical-align'] = style.script === 'sup' ? 'super' : 'sub';
  if (style.colour !== undefined) rules['color'] = `oklch(from ${style.colour} var(--chart-own-lightness, 0.5) c h)`;
  if (style.background !== undefined) rules['background-color'] = `color-mix(in srgb, ${style.background} 25%, transparent)`;
  return rules;
}

/** Part of a text that is set in one way. */
export interface StyledRun {
  /** Where it begins in the text. */
  from: number;
  text: string;
  style: TextStyle | null;
}

/** `text`, which begins at `start` of a line, cut where the marks of the line begin and end. */
export function styledRuns(text: string, start: number, marks: readonly TextMark[]): StyledRun[] {
  const runs: StyledRun[] = [];
  let at = 0;
  for (const mark of marks) {
    const from = Math.max(mark.from - start, at);
    const to = Math.min(mark.to - start, text.length);
    if (to <= from) continue;
    if (from > at) runs.push({ from: at, text: text.slice(at, from), style: null });
    runs.push({ from, text: text.slice(from, to), style: mark.style });
    at = to;
  }
  if (at < text.length) runs.push({ from: at, text: text.slice(at), style: null });
  return runs;
}

/** The marks of all segments, counted from the start of the line's words. */
export function marksOfLine(segments: readonly { lyrics: string; marks?: readonly TextMark[] }[]): TextMark[] {
  const found: TextMark[] = [];
  let start = 0;
  for (const { lyrics, marks } of segments) {
    for (const mark of marks ?? []) found.push({ ...mark, from: start + mark.from, to: start + mark.to });
    start += lyrics.length;
  }
  return found;
}

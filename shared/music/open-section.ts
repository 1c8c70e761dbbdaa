import type { ChartLine, ChartSection, LinePosition } from './chart-model.ts';
import type { TextStyle } from './markup.ts';
import type { LineMode } from './read-line.ts';

/** A section while its lines come in. */
export interface OpenSection {
  type: string;
  label: string | null;
  mode: LineMode;
  lines: ChartLine[];
  /** What the lines were read from: a recall reads them again in the transposition of its place. */
  contents: (string | null)[];
  positions: LinePosition[];
  opened_at: LinePosition | null;
  attributes: Readonly<Record<string, string>>;
  label_style?: TextStyle;
}

/** How the lines of a section are read; those of all others are lyrics. */
export const sectionModes: Readonly<Record<string, LineMode>> = {
  tab: 'verbatim',
  grid: 'grid',
  abc: 'verbatim',
  ly: 'verbatim',
  svg: 'verbatim',
  textblock: 'words',
};

export function openSection(
  type: string,
  label: string | null,
  mode: LineMode,
  opened: LinePosition | null,
  attributes: Record<string, string>,
): OpenSection {
  return { type, label, mode, lines: [], contents: [], positions: [], opened_at: opened, attributes };
}

export function toSection(section: OpenSection, isRecall: boolean): ChartSection {
  const { type, label, lines, positions, opened_at, attributes, label_style } = section;
  const style = label_style === undefined ? {} : { label_style };
  return { type, label, lines, positions, is_recall: isRecall, opened_at, attributes, ...style };
}

const attributesStart = /^\s*[A-Za-z_][\w-]*\s*=\s*["']/;

/** `{start_of_verse: Verse 1}` and `{start_of_verse label="Verse 1"}`; a grid's bare argument may be its shape instead. */
export function sectionLabel(
  type: string,
  value: string,
  attributes: Record<string, string> | null,
): { label: string | null; rest: Record<string, string> } {
  // A label may have a = in it: attributes are told from one by their quotes, except in sections that have many.
  if (attributes !== null && (attributesStart.test(value) || attributes['label'] !== undefined || sectionModes[type] !== undefined)) {
    const { label, ...rest } = attributes;
    return { label: label === undefined || label === '' ? null : label.replace(/\\n/g, '\n'), rest };
  }
  const shape = type === 'grid' ? /^(?:\d+\+)?\d+(?:x\d+)?(?:\+\d+)?(?=[\s:]|$)/.exec(value) : null;
  const label = shape === null ? value : value.slice(shape[0].length).replace(/^[\s:]+/, '');
  return { label: label === '' ? null : label.replace(/\\n/g, '\n'), rest: shape === null ? {} : { shape: shape[0] } };
}

import type { Chart, ChartLine, ChartSection, Diagnostic, Segment } from './chart-model.ts';

/** What `chart parse` prints. */
export interface ChartJson {
  meta: Chart['meta'];
  sections: SectionJson[];
  diagnostics: readonly Diagnostic[];
}

interface SectionJson {
  type: string;
  label: string | null;
  lines: LineJson[];
  is_recall?: true;
}

interface LineJson {
  type: ChartLine['type'];
  segments: { chord: string | null; lyrics: string; annotation?: string }[];
  style?: string;
  name?: string;
  value?: string;
  attributes?: Readonly<Record<string, string>>;
}

export function chartJson(chart: Chart): ChartJson {
  return { meta: chart.meta, sections: chart.sections.map(sectionJson), diagnostics: chart.diagnostics };
}

/** One song: its chart. Several: the first at top level, and all of them in `songs`. */
export function songsJson(charts: readonly Chart[]): ChartJson & { songs?: ChartJson[] } {
  const songs = charts.map(chartJson);
  const [first] = songs;
  if (first === undefined) throw new RangeError('At least one song is needed.');
  return songs.length === 1 ? first : { ...first, songs };
}

function sectionJson(section: ChartSection): SectionJson {
  const { type, label } = section;
  return { type, label, lines: section.lines.map(lineJson), ...(section.is_recall ? { is_recall: true as const } : {}) };
}

function lineJson(line: ChartLine): LineJson {
  const base = { type: line.type, segments: line.segments.map(segmentJson) };
  switch (line.type) {
    case 'comment':
      return { ...base, style: line.style };
    case 'directive':
      return { ...base, name: line.name, value: line.value };
    case 'image':
      return { ...base, attributes: line.attributes };
    case 'lyrics':
    case 'tab':
    case 'grid':
    case 'empty':
      return base;
  }
}

function segmentJson({ chord, lyrics, annotation }: Segment): LineJson['segments'][number] {
  return annotation === undefined ? { chord, lyrics } : { chord, lyrics, annotation };
}

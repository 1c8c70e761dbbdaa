import type { Chart, ChartLine, ChartSection, Segment } from './chart-model.ts';
import { capoOf, capoWords, chartVoice, type VoiceChoice } from './chart-voice.ts';
import { songKeyName } from './key.ts';
import { withoutMarkup, type TextMark, type TextStyle } from './markup.ts';
import { cssRules, marksOfLine, styledRuns } from './style-css.ts';

const sectionNames: Readonly<Record<string, string>> = { chorus: 'Chorus' };
const style = `body{font:16px/1.4 Inter,system-ui,sans-serif;margin:2rem;color:#111;background:#fff}
h1{margin:0;font-size:1.6rem}.subtitle,.facts{margin:.2rem 0;color:#555}
.section{margin:1.2rem 0;break-inside:avoid}.label{margin:0 0 .2rem;font-size:1rem;white-space:pre-line}.chorus{padding-inline-start:1rem;border-inline-start:3px solid #999}
.line{display:flex;flex-wrap:wrap;align-items:flex-end;white-space:pre-wrap;min-height:1.4em}.word{display:inline-flex}
.pair{display:inline-flex;flex-direction:column}.chord{font-weight:600;color:#1d4ed8;padding-inline-end:.35em;min-height:1.4em}.annotation{font-style:italic}
.unchorded .chord{display:none}.comment{font-style:italic}.box{border:1px solid;padding:0 .3em}.highlight{background:#fff3b0}
.mono{font-family:"JetBrains Mono",monospace;white-space:pre;margin:0}`;

/** The chart as a page of its own: no script, nothing from elsewhere. All text of the song is escaped. */
export function chartHtml(chart: Chart, choice: VoiceChoice = {}): string {
  return chartsHtml([chart], choice);
}

export function chartsHtml(charts: readonly Chart[], choice: VoiceChoice = {}): string {
  const title = charts[0]?.meta['title']?.[0] ?? 'Song';
  const songs = charts.map((chart) => songHtml(chart, choice)).join('\n');
  return `<!doctype html>\n<html lang="und">\n<head>\n<meta charset="utf-8">\n<title>${escapeHtml(withoutMarkup(title))}</title>\n<style>\n${style}\n</style>\n</head>\n<body>\n${songs}\n</body>\n</html>\n`;
}

function songHtml(chart: Chart, choice: VoiceChoice): string {
  const voice = chartVoice(chart, choice);
  const capo = choice.capo ?? capoOf(chart);
  const { meta } = chart;
  const system = voice.notation.system;
  const key = voice.key === null ? null : songKeyName(voice.key, choice.notation ?? system);
  const facts = [
    key === null ? '' : `Key: ${key}`,
    capoWords(capo, voice.key, choice.notation ?? system) ?? '',
    ...['tempo', 'time'].map((name) =>
      meta[name] === undefined ? '' : `${name === 'tempo' ? 'Tempo' : 'Time'}: ${meta[name].join(', ')}`,
    ),
  ].filter((fact) => fact !== '');
  const head = [
    ...(meta['title'] ?? []).map((title) => `<h1>${escapeHtml(withoutMarkup(title))}</h1>`),
    ...[...(meta['subtitle'] ?? []), ...(meta['artist'] ?? [])].map((line) => `<p class="subtitle">${escapeHtml(withoutMarkup(line))}</p>`),
    ...(facts.length === 0 ? [] : [`<p class="facts">${escapeHtml(facts.join(' · '))}</p>`]),
  ];
  const sections = chart.sections.map((section) => sectionHtml(section, voice.show));
  return `<article class="song">\n${[...head, ...sections].join('\n')}\n</article>`;
}

function sectionHtml(section: ChartSection, show: (chord: string) => string): string {
  const label = section.label ?? sectionNames[section.type] ?? null;
  const heading = label === null ? '' : `<h2 class="label"${styleHtml(section.label_style)}>${escapeHtml(withoutMarkup(label))}</h2>\n`;
  // The type comes from the text: as a class it may only be a word.
  const kind = /^\w+$/.test(section.type) ? section.type : 'custom';
  return `<section class="section ${kind}">\n${heading}${section.lines.map((line) => lineHtml(line, show)).join('\n')}\n</section>`;
}

function lineHtml(line: ChartLine, show: (chord: string) => string): string {
  switch (line.type) {
    case 'lyrics':
      return `<div class="line${hasChords(line.segments) ? '' : ' unchorded'}" dir="auto"${styleHtml(line.look?.words)}>${pairsHtml(line, show)}</div>`;
    case 'comment':
      return `<div class="line comment ${line.style}${hasChords(line.segments) ? '' : ' unchorded'}" dir="auto">${pairsHtml(line, show)}</div>`;
    case 'tab':
    case 'grid': {
      const cells = line.segments.map(
        ({ chord, lyrics }) => (chord === null ? '' : `<b>${escapeHtml(show(chord))}</b>`) + escapeHtml(lyrics),
      );
      return `<pre class="mono"${styleHtml(line.look?.words)}>${cells.join('')}</pre>`;
    }
    case 'empty':
      return '<div class="line unchorded"></div>';
    case 'image':
    case 'directive':
      return '';
  }
}

const hasChords = (segments: readonly Segment[]): boolean => segments.some(({ kind }) => kind !== 'text');

/** Pairs of chord and syllable; those that make up a word are kept together. */
function pairsHtml({ segments, look }: ChartLine, show: (chord: string) => string): string {
  const marks = marksOfLine(segments);
  let start = 0;
  let html = '';
  let word = '';
  for (const segment of segments) {
    const isAnnotation = segment.kind === 'annotation';
    const above = isAnnotation ? (segment.annotation ?? '') : segment.chord === null ? '' : show(segment.chord);
    const parts = segment.lyrics.match(/\S+\s*|\s+/g) ?? [''];
    parts.forEach((part, index) => {
      const chord = index === 0 ? above : '';
      const kind = `chord${isAnnotation ? ' annotation' : ''}`;
      const style = chord === '' ? '' : styleHtml({ ...look?.chords, ...segment.chord_style });
      word += `<span class="pair"><span class="${kind}"${style}>${escapeHtml(chord)}</span><span>${wordsHtml(part, start, marks)}</span></span>`;
      start += part.length;
      if (/\s$/.test(part)) {
        html += `<span class="word">${word}</span>`;
        word = '';
      }
    });
  }
  return html + (word === '' ? '' : `<span class="word">${word}</span>`);
}

function wordsHtml(text: string, start: number, marks: readonly TextMark[]): string {
  if (marks.length === 0) return escapeHtml(text);
  return styledRuns(text, start, marks)
    .map((run) => (run.style === null ? escapeHtml(run.text) : `<span${styleHtml(run.style)}>${escapeHtml(run.text)}</span>`))
    .join('');
}

function styleHtml(style: TextStyle | undefined): string {
  const rules = style === undefined ? [] : Object.entries(cssRules(style));
  return rules.length === 0 ? '' : ` style="${escapeHtml(rules.map(([name, value]) => `${name}:${value}`).join(';'))}"`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

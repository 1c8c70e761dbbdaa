import type { Notation } from './detect-notation.ts';
import type { LineLook } from './looks.ts';
import type { TextMark, TextStyle } from './markup.ts';

/**
 * The chart: what a reader of a song sees. Built by parse-song.ts, drawn by the chart view, printed by the exporters.
 * Field names are the data format of the command line (`chart parse`); ranges count UTF-16 units of the text that was parsed.
 */
export interface Chart {
  /** Values in the order of the text; a directive that is repeated has several. Also `key_actual` (after {transpose}) where there is a key. */
  meta: Meta;
  sections: readonly ChartSection[];
  diagnostics: readonly Diagnostic[];
  /** Chords made known by {define} and {chord}, in order; of one name the last counts. */
  definitions: readonly ChordDefinition[];
  /** From {columns}; 1 where the song does not say. */
  columns: number;
  /** The names in which the text writes its chords; those of `segments` are in the same. */
  notation: Notation;
  /** Where this song is in the text: a text with {new_song} holds several. */
  from: number;
  to: number;
}

export type Meta = Readonly<Record<string, readonly string[]>>;

/** `verse`, `chorus`, `bridge`, `tab`, `grid`, `abc`, `ly`, `svg`, `textblock`, any X of {start_of_X}; `none` outside of all. */
export interface ChartSection {
  type: string;
  label: string | null;
  lines: readonly ChartLine[];
  /** Where `lines[i]` is in the text. Kept apart so that a line that did not change stays the same object. */
  positions: readonly LinePosition[];
  /** {chorus}: the lines are those of the chorus before, in the transposition of here. */
  is_recall: boolean;
  /** The directive that opened it (or recalled the chorus); null for `none`. */
  opened_at: LinePosition | null;
  /** Attributes of the opening directive besides the label: `shape="4x4"` and the like. */
  attributes: Readonly<Record<string, string>>;
  /** Of its label, where {labelcolour} and the like ask for one. */
  label_style?: TextStyle;
}

export interface LinePosition {
  /** 1 is the first line of the text. A line that is continued with `\` counts where it starts. */
  line: number;
  from: number;
  to: number;
}

export type SegmentKind = 'text' | 'chord' | 'annotation' | 'unknown';

/** A chord and the words from it to the next one. */
export interface Segment {
  /** As it is to be shown, after {transpose}, without brackets; null where there is none. What is no chord stands here as typed. */
  chord: string | null;
  lyrics: string;
  /** `unknown`: in brackets, but no chord; `annotation`: `[*…]`, whose words are in `annotation`; `text`: no brackets. */
  kind: SegmentKind;
  annotation?: string;
  /** Markup within `lyrics`, which are the words without its tags. */
  marks?: readonly TextMark[];
  /** Markup of what stands in the bracket. */
  chord_style?: TextStyle;
  /** Of the bracket with its content, from the start of the line; of the lyrics where there is no bracket. */
  from: number;
  to: number;
}

interface LineOf<T extends string> {
  type: T;
  /** The line as it is in the text, without its end. */
  source: string;
  segments: readonly Segment[];
  /** Where {textsize} and the like ask for another look than the reader's own. */
  look?: LineLook;
}

export type LyricsLine = LineOf<'lyrics'>;
/** Verbatim, monospaced: tab, and the content of {start_of_abc}, {start_of_ly}, {start_of_svg}. One segment without a chord. */
export type TabLine = LineOf<'tab'>;
/** The segments put together are the line: chords in `chord`, bars, dots and margins in `lyrics`. */
export type GridLine = LineOf<'grid'>;
export type EmptyLine = LineOf<'empty'>;
export interface CommentLine extends LineOf<'comment'> {
  style: 'plain' | 'italic' | 'box' | 'highlight';
}
export interface ImageLine extends LineOf<'image'> {
  attributes: Readonly<Record<string, string>>;
}
/** What changes the layout from here on, {chord}, and directives that are not known. Metadata makes no line. */
export interface DirectiveLine extends LineOf<'directive'> {
  /** Long form, lower case, without selector. */
  name: string;
  value: string;
}

export type ChartLine = LyricsLine | CommentLine | TabLine | GridLine | EmptyLine | ImageLine | DirectiveLine;

export type DiagnosticCode =
  | 'unknown-chord'
  | 'unclosed-chord'
  | 'unknown-directive'
  | 'unclosed-directive'
  | 'directive-not-alone'
  | 'value-missing'
  | 'value-not-understood'
  | 'section-not-closed'
  | 'section-not-open'
  | 'no-chorus'
  | 'definition-not-understood'
  | 'line-too-long'
  | 'not-utf-8';

export interface Diagnostic {
  code: DiagnosticCode;
  severity: 'error' | 'warning' | 'info';
  /** For a musician: what is wrong, and what can be done. */
  message: string;
  line: number;
  from: number;
  to: number;
}

/** {define} or {chord}; null in `frets` is a string that does not sound. */
export interface ChordDefinition {
  name: string;
  base_fret: number;
  /** Relative to `base_fret`: 0 is open, 1 is the base fret itself. */
  frets: readonly (number | null)[];
  fingers: readonly (number | null)[];
  /** Piano: semitones above the root. */
  keys: readonly number[];
  /** The chord that is shown instead; null: the name itself. */
  display: string | null;
  /** How its name is set, in parts of it: `%{root}%{ext}`; null: as it is. */
  format: string | null;
  /** How the chart shows it where nothing is transposed. */
  shown: string;
  /** The chord whose grip counts where `frets` and `keys` are empty; null where there is none. */
  copy: string | null;
  /** False: no diagram is wanted for it. */
  is_drawn: boolean;
  /** Of its diagram, as in `TextStyle`; null: that of the others. */
  colour: string | null;
  /** Only shown where it stands ({chord}), not for the whole song. */
  is_inline: boolean;
}

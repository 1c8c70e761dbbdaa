import { HighlightStyle, StreamLanguage, syntaxHighlighting, type StreamParser } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { Tag, tags } from '@lezer/highlight';

const chordTag = Tag.define();
const annotationTag = Tag.define();
const environmentTag = Tag.define();
const remarkTag = Tag.define();

interface LineState {
  /** Name of the environment whose lines are not chords over words: tab, grid, abc, ly, svg, textblock. */
  environment: string;
  /** Where in a line the reading is. */
  place: 'text' | 'name' | 'value' | 'remark' | 'chord';
}

const longNames: Record<string, string> = {
  sot: 'start_of_tab',
  eot: 'end_of_tab',
  sog: 'start_of_grid',
  eog: 'end_of_grid',
  soc: 'start_of_chorus',
  eoc: 'end_of_chorus',
  sov: 'start_of_verse',
  eov: 'end_of_verse',
  sob: 'start_of_bridge',
  eob: 'end_of_bridge',
};
const verbatim = new Set(['tab', 'grid', 'abc', 'ly', 'svg', 'textblock']);
const remarks = new Set(['c', 'ci', 'cb', 'comment', 'comment_italic', 'comment_box', 'highlight']);

/** Line by line and without memory of its own, so that a keystroke costs one line. */
const parser: StreamParser<LineState> = {
  name: 'chordpro',
  startState: () => ({ environment: '', place: 'text' }),
  copyState: (state) => ({ ...state }),
  token(stream, state) {
    if (stream.sol()) {
      state.place = 'text';
      if (stream.peek() === '#') {
        stream.skipToEnd();
        return 'lineComment';
      }
    }
    switch (state.place) {
      case 'name': {
        const name = stream.match(/^[A-Za-z_][\w]*/) as RegExpMatchArray | null;
        if (name === null) {
          state.place = 'value';
          if (stream.match(/^[^:}\s]+/) !== null) return 'directive';
          return null;
        }
        const short = name[0].toLowerCase();
        const full = longNames[short] ?? short;
        state.place = remarks.has(short) ? 'remark' : 'value';
        const bounds = /^(start|end)_of_(.+)$/.exec(full);
        if (bounds === null) return 'directive';
        const kind = bounds[2] ?? '';
        if (verbatim.has(kind)) state.environment = bounds[1] === 'start' ? kind : '';
        return 'environment';
      }
      case 'value':
      case 'remark': {
        if (stream.eat('}') !== undefined) {
          state.place = 'text';
          return 'brace';
        }
        if (stream.eat(':') !== undefined) return 'brace';
        stream.match(/^[^}:]+|^[^}]/);
        return state.place === 'remark' ? 'remark' : 'value';
      }
      case 'chord': {
        if (stream.eat(']') !== undefined) {
          state.place = 'text';
          return 'brace';
        }
        const isAnnotation = stream.peek() === '*';
        stream.match(/^[^\]]+/);
        if (stream.eol()) state.place = 'text';
        return isAnnotation ? 'annotation' : 'chord';
      }
      case 'text': {
        if (stream.peek() === '{' && stream.string.slice(0, stream.pos).trim() === '') {
          stream.next();
          stream.eatSpace();
          state.place = 'name';
          return 'brace';
        }
        if (state.environment === 'grid') {
          if (stream.match(/^[|:.%\s\d]+/) !== null) return 'brace';
          stream.match(/^[^|:.%\s]+/);
          return 'chord';
        }
        if (state.environment !== '') {
          stream.skipToEnd();
          return null;
        }
        if (stream.eat('[') !== undefined) {
          // Without its end it is text: a bracket being typed does not colour the rest of the line.
          if (!stream.string.slice(stream.pos).includes(']')) return null;
          state.place = 'chord';
          return 'brace';
        }
        if (stream.match(/^[^[{]+/) === null) stream.next();
        return null;
      }
      default:
        return state.place satisfies never;
    }
  },
  tokenTable: {
    brace: tags.bracket,
    directive: tags.keyword,
    environment: environmentTag,
    value: tags.string,
    remark: remarkTag,
    chord: chordTag,
    annotation: annotationTag,
    lineComment: tags.lineComment,
  },
  languageData: { closeBrackets: { brackets: ['[', '{'] }, commentTokens: { line: '#' } },
};

export const chordproLanguage = StreamLanguage.define(parser);

const colours = HighlightStyle.define([
  { tag: chordTag, color: 'var(--chart-accent)', fontWeight: '600' },
  { tag: annotationTag, color: 'var(--chart-accent)', fontStyle: 'italic' },
  { tag: environmentTag, color: 'var(--chart-muted)', fontWeight: '600' },
  { tag: tags.keyword, color: 'var(--chart-muted)' },
  { tag: tags.bracket, color: 'var(--chart-muted)' },
  { tag: tags.string, color: 'var(--chart-value)' },
  { tag: remarkTag, color: 'var(--chart-value)', fontStyle: 'italic' },
  { tag: tags.lineComment, color: 'var(--chart-muted)', fontStyle: 'italic' },
]);

export function chordpro(): Extension {
  return [chordproLanguage, syntaxHighlighting(colours)];
}

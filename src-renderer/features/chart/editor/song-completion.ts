import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { knownDirectives, longName } from '../../../../shared/music/directive-names.ts';

/** Directives that stand without a value. */
const withoutValue = /^(?:end_of_|new_|column_break|chorus$)/u;

/** What songs are made of mostly: offered before the rest of the alphabet. */
const usual = [
  'start_of_verse',
  'start_of_chorus',
  'chorus',
  'start_of_bridge',
  'comment',
  'title',
  'artist',
  'key',
  'capo',
  'tempo',
  'time',
  'start_of_tab',
  'start_of_grid',
];

/**
 * The section that reaches over the end of line `number`: looked for upwards by its start (`by` -1) or downwards by its end (`by` 1).
 * Its name, such as `verse`; null where there is none.
 */
function sectionAcross(state: EditorState, number: number, by: 1 | -1): string | null {
  for (let at = number; at >= 1 && at <= state.doc.lines; at += by) {
    const name = longName(/^\s*\{\s*(\w+)/u.exec(state.doc.line(at).text)?.[1] ?? '');
    const section = /^(start|end)_of_(\w+)$/u.exec(name);
    if (section !== null) return (section[1] === 'start') === (by === -1) ? (section[2] ?? null) : null;
  }
  return null;
}

/** Writes the chosen directive: its value place, or for a section its end too where it has none yet. */
function applyDirective(view: EditorView, { label }: Completion, from: number, to: number): void {
  const { state } = view;
  const isClosed = state.sliceDoc(to, to + 1) === '}';
  const end = isClosed ? to + 1 : to;
  const section = /^start_of_(\w+)$/u.exec(label)?.[1];
  const line = state.doc.lineAt(from);
  const isWhole = section !== undefined && end === line.to && sectionAcross(state, line.number + 1, 1) !== section;
  const [before, after] = isWhole
    ? [`${label}}${state.lineBreak}`, `${state.lineBreak}{end_of_${section}}`]
    : withoutValue.test(label)
      ? [`${label}}`, '']
      : [`${label}: `, '}'];
  view.dispatch({
    changes: { from, to: end, insert: before + after },
    selection: { anchor: from + before.length },
    userEvent: 'input.complete',
  });
}

const directiveOptions: readonly Completion[] = knownDirectives.map(({ name, short }) => ({
  label: name,
  type: 'keyword',
  ...(short.length === 0 ? {} : { detail: short.join(', ') }),
  ...(usual.includes(name) && { boost: usual.length - usual.indexOf(name) }),
  apply: applyDirective,
}));

/** The chords of the song, those used most first. */
export function chordsOf(state: EditorState): string[] {
  const counts = new Map<string, number>();
  syntaxTree(state).iterate({
    enter: ({ name, from, to }) => {
      if (name !== 'ChordName' && name !== 'GridChord') return;
      const chord = state.sliceDoc(from, to);
      counts.set(chord, (counts.get(chord) ?? 0) + 1);
    },
  });
  return [...counts.entries()].sort((one, other) => other[1] - one[1]).map(([chord]) => chord);
}

export function completeSong(context: CompletionContext): CompletionResult | null {
  const directive = context.matchBefore(/^\s*\{\s*[\w]*/u);
  if (directive !== null) {
    const from = directive.to - (/\w*$/u.exec(directive.text)?.[0].length ?? 0);
    const open = sectionAcross(context.state, context.state.doc.lineAt(context.pos).number - 1, -1);
    const options = directiveOptions.map((option) => (option.label === `end_of_${open ?? ''}` ? { ...option, boost: 99 } : option));
    return { from, options, validFor: /^\w*$/u };
  }
  const chord = context.matchBefore(/\[[^\]\s]*/u);
  if (chord === null) return null;
  const typed = chord.text.slice(1);
  const isClosed = context.state.sliceDoc(context.pos, context.pos + 1) === ']';
  // The chord being typed is not one that the song uses.
  const names = chordsOf(context.state).filter((name) => name !== typed);
  if (names.length === 0) return null;
  return {
    from: chord.from + 1,
    options: names.map((label, at) => ({
      label,
      type: 'constant',
      boost: -at / names.length,
      apply: (view, _completion, from, to) => {
        const end = isClosed ? to + 1 : to;
        view.dispatch({
          changes: { from, to: end, insert: `${label}]` },
          selection: { anchor: from + label.length + 1 },
          userEvent: 'input.complete',
        });
      },
    })),
    validFor: /^[^\]\s]*$/u,
  };
}

export function songCompletion(): Extension {
  return autocompletion({
    override: [completeSong],
    icons: false,
    maxRenderedOptions: 40,
    // It opens within brackets only, where Enter means the choice, however quickly it comes.
    interactionDelay: 0,
  });
}

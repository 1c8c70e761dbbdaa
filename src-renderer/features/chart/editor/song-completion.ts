import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import { knownDirectives } from '../../../../shared/music/directive-names.ts';

/** Directives that stand without a value. */
const withoutValue = /^(?:end_of_|new_|column_break|chorus$)/u;

const directiveOptions: readonly Completion[] = knownDirectives.map(({ name, short }) => ({
  label: name,
  type: 'keyword',
  ...(short.length === 0 ? {} : { detail: short.join(', ') }),
  apply: (view, _completion, from, to) => {
    const isClosed = view.state.sliceDoc(to, to + 1) === '}';
    const insert = withoutValue.test(name) ? name : `${name}: `;
    view.dispatch({
      changes: { from, to, insert: isClosed ? insert : `${insert}}` },
      selection: { anchor: from + insert.length + (isClosed && withoutValue.test(name) ? 1 : 0) },
      userEvent: 'input.complete',
    });
  },
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
    return { from, options: [...directiveOptions], validFor: /^\w*$/u };
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

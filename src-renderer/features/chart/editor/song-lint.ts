import { linter, lintKeymap, type Action, type Diagnostic as Mark } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { keymap, type EditorView } from '@codemirror/view';
import type { Chart, Diagnostic } from '../../../../shared/music/chart-model.ts';
import { knownDirectives } from '../../../../shared/music/directive-names.ts';
import { createSongsReader } from '../../../../shared/music/parse-song.ts';
import { chartText } from '../chart-text.ts';

/** Long enough not to mark the bracket that is being typed. */
const quietMs = 600;
/** A window that is never idle gets its marks all the same. */
const idleMs = 2_000;

/** How many letters must be inserted, dropped or replaced to get from one word to the other. Levenshtein 1965. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const replaced = (row[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** The directive that was probably meant: the nearest one, if it is near. */
export function nearestDirective(name: string): string | null {
  if (name.length < 3 || name.length > 24) return null;
  let best: string | null = null;
  let least = name.length < 5 ? 2 : 3;
  for (const known of knownDirectives) {
    const far = distance(name.toLowerCase(), known.name);
    if (far < least) [best, least] = [known.name, far];
  }
  return best;
}

export interface Fix {
  name: string;
  from: number;
  to: number;
  insert: string;
}

/** The one change that mends what a diagnostic complains about; null where only the musician can know. */
export function fixOf(text: string, { code, from, to }: Pick<Diagnostic, 'code' | 'from' | 'to'>): Fix | null {
  const lineEnd = ((end) => (end === -1 ? text.length : end))(text.slice(from).search(/\r?\n|\r/u));
  const end = lineEnd === text.length ? text.length : from + lineEnd;
  const marked = text.slice(from, to);
  if (code === 'unclosed-chord') {
    const name = /^\[[^\s\]{}]+/u.exec(text.slice(from, end))?.[0];
    if (name === undefined) return null;
    return { name: chartText.closeBracket, from: from + name.length, to: from + name.length, insert: ']' };
  }
  if (code === 'unclosed-directive') return { name: chartText.closeBrace, from: end, to: end, insert: '}' };
  if (code === 'unknown-directive') {
    const word = /[A-Za-z_]\w*/u.exec(marked);
    const meant = word === null ? null : nearestDirective(word[0]);
    if (word === null || meant === null) return null;
    return { name: chartText.write(meant), from: from + word.index, to: from + word.index + word[0].length, insert: meant };
  }
  if (code === 'section-not-closed') {
    const opening = text.slice(from, end);
    const long = /start_of_(\w+)/u.exec(opening)?.[1] ?? shortSections[/\{\s*(so[vcbtg])\b/u.exec(opening)?.[1] ?? ''];
    if (long === undefined) return null;
    return { name: chartText.closeSection, ...closing(text, end, long) };
  }
  return null;
}

const sectionStart = /^[ \t]*\{[ \t]*(?:start_of_\w|so[vcbtg]\b|new_song\b|ns\b)/imu;
const songStart = /^[ \t]*\{[ \t]*(?:new_song|ns)\b/imu;
/** Where nothing is a directive but the end, and the next song. */
const verbatim = new Set(['tab', 'abc', 'ly', 'svg', 'textblock']);

/** The end of a section that is open at `from`: below its last words, above the section or the song that comes next. */
function closing(text: string, from: number, type: string): Omit<Fix, 'name'> {
  const rest = text.slice(from);
  const next = rest.search(verbatim.has(type) ? songStart : sectionStart);
  const end = `{end_of_${type}}`;
  if (next === -1) return { from: text.length, to: text.length, insert: `${text.endsWith('\n') ? '' : '\n'}${end}\n` };
  const at = from + rest.slice(0, next).trimEnd().length;
  return { from: at, to: at, insert: `\n${end}` };
}

const shortSections: Record<string, string | undefined> = { sov: 'verse', soc: 'chorus', sob: 'bridge', sot: 'tab', sog: 'grid' };

function actionsOf(text: string, diagnostic: Diagnostic): Action[] {
  const fix = fixOf(text, diagnostic);
  if (fix === null) return [];
  return [
    {
      name: fix.name,
      apply: (view: EditorView) => {
        // Others may have changed the text since: what is mended now is what is there now.
        if (view.state.readOnly || view.state.sliceDoc() !== text) return;
        view.dispatch({ changes: { from: fix.from, to: fix.to, insert: fix.insert }, userEvent: 'input.fix' });
      },
    },
  ];
}

function marksOf(songs: readonly Chart[], text: string): Mark[] {
  return songs.flatMap((song) =>
    song.diagnostics.map((diagnostic) => ({
      from: Math.min(diagnostic.from, text.length),
      to: Math.min(Math.max(diagnostic.to, diagnostic.from), text.length),
      severity: diagnostic.severity,
      message: diagnostic.message,
      source: diagnostic.code,
      actions: actionsOf(text, diagnostic),
    })),
  );
}

export function songLint(): Extension {
  // Lines that did not change are not read again.
  const read = createSongsReader();
  const marks = (view: EditorView): Promise<Mark[]> =>
    new Promise((resolve) => {
      // What is typed meanwhile comes first; marks of a text that is no longer there are dropped by the linter.
      requestIdleCallback(
        () => {
          const text = view.state.sliceDoc();
          resolve(marksOf(read(text), text));
        },
        { timeout: idleMs },
      );
    });
  return [linter(marks, { delay: quietMs }), keymap.of([...lintKeymap])];
}

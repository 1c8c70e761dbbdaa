import { MergeView } from '@codemirror/merge';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef, type ReactElement } from 'react';
import './chart.css';
import { readOnlySource } from './editor/read-only-source.ts';
import './text-diff.css';

/** Changed words stand on a colour that says which side they are of; underlines of the merge view's own would look like mistakes. */
const diffTheme = EditorView.theme({
  '.cm-content': { padding: '12px 0' },
  '&.cm-merge-a .cm-changedLine': { backgroundColor: 'var(--diff-removed-line)' },
  '&.cm-merge-b .cm-changedLine': { backgroundColor: 'var(--diff-added-line)' },
  // What is quiet on paper is too quiet on a colour.
  '.cm-changedText': { '--chart-muted': 'var(--chart-value)' },
  // Else the paler grey of a light page, on a dark one too.
  '.cm-gutters': { backgroundColor: 'transparent', border: 'none' },
  '&.cm-merge-a .cm-changedText': { background: 'var(--diff-removed)', borderRadius: '2px' },
  '&.cm-merge-b .cm-changedText': { background: 'var(--diff-added)', borderRadius: '2px' },
  '&.cm-merge-a .cm-changedLineGutter': { background: 'var(--cm-bad)' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--cm-good)' },
  // The font of the source lacks the sign that the merge view would put there.
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '"…"' },
  '.cm-collapsedLines': { background: 'var(--cm-desk)', color: 'var(--chart-muted)', padding: '4px 16px' },
});

function side(text: string, label: string): { doc: string; extensions: Extension } {
  return { doc: text, extensions: [readOnlySource(label), diffTheme] };
}

interface TextDiffProps {
  before: string;
  after: string;
  /** What each side is, for who does not see where it stands. */
  labels: readonly [before: string, after: string];
}

/** Two texts of a song beside each other, words that differ in colour, long stretches of the same folded. */
export function TextDiff({ before, after, labels: [beforeLabel, afterLabel] }: TextDiffProps): ReactElement {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const parent = host.current;
    if (parent === null) return undefined;
    const view = new MergeView({
      parent,
      a: side(before, beforeLabel),
      b: side(after, afterLabel),
      collapseUnchanged: { margin: 3, minSize: 8 },
      diffConfig: { scanLimit: 2_000, timeout: 300 },
    });
    return () => view.destroy();
  }, [before, after, beforeLabel, afterLabel]);
  return <div ref={host} className="text-diff" />;
}

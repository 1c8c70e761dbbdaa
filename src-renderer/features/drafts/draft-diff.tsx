import { MergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightSpecialChars } from '@codemirror/view';
import { useEffect, useRef, type ReactElement } from 'react';
import { en } from '../../text/en.ts';
import '../chart/chart.css';
import { chordpro } from '../chart/editor/chordpro-language.ts';
import { editorTheme } from '../chart/editor/editor-theme.ts';
import './drafts.css';

/** Changed words stand on a colour that says which side they are of; underlines of the merge view's own would look like mistakes. */
const diffTheme = EditorView.theme({
  '.cm-content': { padding: '12px 0' },
  '&.cm-merge-a .cm-changedLine': { backgroundColor: 'var(--draft-removed-line)' },
  '&.cm-merge-b .cm-changedLine': { backgroundColor: 'var(--draft-added-line)' },
  '&.cm-merge-a .cm-changedText': { background: 'var(--draft-removed)', borderRadius: '2px' },
  '&.cm-merge-b .cm-changedText': { background: 'var(--draft-added)', borderRadius: '2px' },
  '&.cm-merge-a .cm-changedLineGutter': { background: 'var(--cm-bad)' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--cm-good)' },
  // The font of the source lacks the sign that the merge view would put there.
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '"…"' },
  '.cm-collapsedLines': { background: 'var(--cm-desk)', color: 'var(--chart-muted)', padding: '4px 16px' },
});

function side(text: string, label: string): { doc: string; extensions: Extension } {
  const extensions = [
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorState.lineSeparator.of('\n'),
    // Read-only text that can be scrolled and copied with the keyboard.
    EditorView.contentAttributes.of({
      role: 'textbox',
      'aria-readonly': 'true',
      'aria-multiline': 'true',
      'aria-label': label,
      tabindex: '0',
    }),
    EditorView.lineWrapping,
    EditorView.perLineTextDirection.of(true),
    highlightSpecialChars(),
    chordpro(),
    editorTheme,
    diffTheme,
  ];
  return { doc: text, extensions };
}

interface DraftDiffProps {
  current: string;
  draft: string;
}

/** The song as it is beside one's draft of it, what differs in colour, long stretches of the same folded. */
export function DraftDiff({ current, draft }: DraftDiffProps): ReactElement {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const parent = host.current;
    if (parent === null) return undefined;
    const view = new MergeView({
      parent,
      a: side(current, en.drafts.asItIs),
      b: side(draft, en.drafts.yours),
      collapseUnchanged: { margin: 3, minSize: 8 },
      diffConfig: { scanLimit: 2_000, timeout: 300 },
    });
    return () => view.destroy();
  }, [current, draft]);
  return <div ref={host} className="draft-diff" />;
}

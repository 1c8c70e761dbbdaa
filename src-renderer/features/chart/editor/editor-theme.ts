import { EditorView } from '@codemirror/view';

/** Colours are CSS variables of chart.css, so that light and dark need no second theme. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--chart-paper)', color: 'var(--chart-ink)', fontSize: '14px' },
  '&.cm-focused': { outline: 'none' },
  // Ligatures would tear the bars of a tab apart.
  '.cm-scroller': { fontFamily: 'var(--chart-mono)', fontVariantLigatures: 'none', lineHeight: '1.75', overflow: 'auto' },
  '.cm-content': { padding: '12px 0 40vh', caretColor: 'var(--chart-ink)' },
  '.cm-line': { padding: '0 16px' },
  '.cm-dropCursor': { borderLeftColor: 'var(--chart-ink)', borderLeftWidth: '2px' },
  // Caret and selection are the browser's own: drawn by hand they cost a layout and two frames for each letter.
  '.cm-content ::selection': { backgroundColor: 'var(--chart-selection)' },
  '.cm-activeLine': { backgroundColor: 'var(--chart-line)' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--chart-line)',
    border: '1px solid var(--chart-rule)',
    color: 'var(--chart-muted)',
    padding: '0 6px',
    margin: '0 4px',
  },
  '.cm-panels': { backgroundColor: 'var(--chart-paper)', color: 'var(--chart-ink)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--chart-paper)',
    color: 'var(--chart-ink)',
    border: '1px solid var(--chart-rule)',
    borderRadius: '6px',
    boxShadow: '0 4px 16px rgb(0 0 0 / 18%)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--chart-selection)', color: 'var(--chart-ink)' },
  '.cm-tooltip-lint': { padding: '4px 0' },
});

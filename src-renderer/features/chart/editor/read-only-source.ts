import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightSpecialChars } from '@codemirror/view';
import { styleNonce } from '../../../theme/style-nonce.ts';
import { chordpro } from './chordpro-language.ts';
import { editorTheme } from './editor-theme.ts';

/** A source to be read: it can be scrolled, selected and copied with the keyboard, and looks as the editor does. */
export function readOnlySource(label: string): Extension {
  return [
    EditorView.cspNonce.of(styleNonce()),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorState.lineSeparator.of('\n'),
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
  ];
}

import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap } from '@codemirror/commands';
import { EditorState, type Extension } from '@codemirror/state';
import { dropCursor, EditorView, highlightActiveLine, highlightSpecialChars, keymap, rectangularSelection } from '@codemirror/view';
import { styleNonce } from '../../../theme/style-nonce.ts';
import { carriageReturns } from './carriage-returns.ts';
import { chordpro } from './chordpro-language.ts';
import { editorTheme } from './editor-theme.ts';
import { songCommands } from './song-commands.ts';
import { songCompletion } from './song-completion.ts';
import { songLint } from './song-lint.ts';
import { wellFormedEdits } from './well-formed.ts';

/** Control characters are shown as dots, but not `\r`, which the files of Windows carry at each line end. */
const specialChars = /(?![\t\n\r])\p{Cc}|[\u00ad\u061c\u200b\u2028\u2029\u202d\u202e\u2066\u2067\u2069\ufeff\ufff9-\ufffc]/gu;

/** What every song source editor has, shared or not; history and binding are added by who uses it. */
export function editorBase(onTransposed: (semitones: number) => void): Extension {
  return [
    EditorView.cspNonce.of(styleNonce()),
    // Before the keys of any editor, which give some of these another meaning.
    songCommands(onTransposed),
    // One separator of one character: offsets here are offsets in the shared text, also in a file with `\r\n`.
    EditorState.lineSeparator.of('\n'),
    EditorView.clipboardInputFilter.of((text) => text.replaceAll(/\r\n?/gu, '\n')),
    EditorView.contentAttributes.of({
      role: 'textbox',
      'aria-label': 'Song source',
      'aria-multiline': 'true',
      tabindex: '0',
      autocorrect: 'off',
      autocapitalize: 'off',
    }),
    EditorView.contentAttributes.of(() => ({ spellcheck: String(document.documentElement.getAttribute('spellcheck') === 'true') })),
    highlightSpecialChars({ specialChars }),
    dropCursor(),
    rectangularSelection(),
    highlightActiveLine(),
    EditorView.lineWrapping,
    EditorView.perLineTextDirection.of(true),
    closeBrackets(),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap]),
    chordpro(),
    songCompletion(),
    songLint(),
    editorTheme,
    carriageReturns(),
    wellFormedEdits(),
  ];
}

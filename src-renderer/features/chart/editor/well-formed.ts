import { EditorState, Transaction, type ChangeSpec, type Extension, type Text } from '@codemirror/state';
import { ySyncAnnotation } from 'y-codemirror.next';

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** Whether an offset lies between the two halves of one character outside the basic plane. */
export function isInsidePair(doc: Text, offset: number): boolean {
  if (offset <= 0 || offset >= doc.length) return false;
  const around = doc.sliceString(offset - 1, offset + 1);
  return isHighSurrogate(around.charCodeAt(0)) && isLowSurrogate(around.charCodeAt(1));
}

/**
 * Keeps local edits well-formed: a lone surrogate becomes U+FFFD, and an edit never ends within a pair. Yjs would replace the
 * halves of a pair that it splits, and each screen could then show another text. What comes from others is applied as it is,
 * since the document has it already.
 */
export function wellFormedEdits(): Extension {
  return EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || transaction.annotation(ySyncAnnotation) !== undefined) return transaction;
    const doc = transaction.startState.doc;
    const changes: ChangeSpec[] = [];
    let isMended = false;
    let isMoved = false;
    transaction.changes.iterChanges((fromA, toA, _fromB, _toB, inserted) => {
      const from = isInsidePair(doc, fromA) ? fromA - 1 : fromA;
      // An insertion into a pair goes before it; a deletion takes the pair whole.
      const to = fromA === toA ? from : isInsidePair(doc, toA) ? toA + 1 : toA;
      const text = inserted.toString();
      const mended = text.toWellFormed();
      if (from !== fromA || to !== toA) isMoved = true;
      if (mended !== text) isMended = true;
      changes.push({ from, to, insert: mended });
    });
    if (!isMended && !isMoved) return transaction;
    const userEvent = transaction.annotation(Transaction.userEvent);
    return [
      {
        changes,
        effects: transaction.effects,
        scrollIntoView: transaction.scrollIntoView,
        // Mending keeps every length, so the selection holds; after a move it is mapped through the changes instead.
        ...(transaction.selection !== undefined && !isMoved ? { selection: transaction.selection } : {}),
        ...(userEvent !== undefined ? { userEvent } : {}),
      },
    ];
  });
}

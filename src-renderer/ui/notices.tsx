import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactElement } from 'react';
import type { Fault } from '../../shared/base/errors.ts';
import { en } from '../text/en.ts';
import { faultWords } from '../text/fault-words.ts';

const look = { withBorder: true, closeButtonProps: { 'aria-label': en.app.close } } as const;

function UndoLine({ text, onUndo }: { text: string; onUndo: () => void }): ReactElement {
  return (
    <span className="cm-row">
      <span className="cm-grow">{text}</span>
      <Button variant="subtle" size="compact-sm" onClick={onUndo}>
        {en.app.undo}
      </Button>
    </span>
  );
}

/** A quiet line at the edge that goes away by itself. */
export function sayDone(text: string): void {
  notifications.show({ message: text, autoClose: 4_000, ...look });
}

/**
 * What was done can be undone while the notice is there.
 * @param onGone it is no longer there, whatever the reason
 * @returns takes it away
 */
export function sayUndoableUntil(text: string, undo: () => void, onGone: () => void): () => void {
  const id = notifications.show({
    autoClose: 10_000,
    ...look,
    onClose: onGone,
    message: (
      <UndoLine
        text={text}
        onUndo={() => {
          notifications.hide(id);
          undo();
        }}
      />
    ),
  });
  return () => void notifications.hide(id);
}

/** What was done can be undone while the notice is there. */
export function sayUndoable(text: string, undo: () => void): void {
  sayUndoableUntil(text, undo, () => undefined);
}

export function sayFault(fault: Fault): void {
  const words = faultWords[fault.code];
  notifications.show({
    title: words.what,
    message: (
      <>
        {words.means} <span className="cm-code">{fault.code}</span>
      </>
    ),
    color: 'red',
    autoClose: 10_000,
    ...look,
  });
}

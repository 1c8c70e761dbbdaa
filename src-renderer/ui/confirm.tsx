import { modals } from '@mantine/modals';
import { en } from '../text/en.ts';

interface Question {
  title: string;
  words: string;
  /** On the button that does it. */
  confirm: string;
  /** What is done cannot be taken back. */
  isGrave?: boolean;
  /** On the button that does nothing; "Cancel" unless it says more. */
  cancel?: string;
  onConfirm: () => void;
  onCancel?: () => void;
}

/** Asks before something is done that somebody would miss. */
export function confirm({ title, words, confirm: label, cancel = en.app.cancel, isGrave = false, onConfirm, onCancel }: Question): void {
  let isConfirmed = false;
  modals.openConfirmModal({
    title,
    children: <p>{words}</p>,
    labels: { confirm: label, cancel },
    ...(isGrave && { confirmProps: { color: 'red.9' } }),
    closeButtonProps: { 'aria-label': en.app.close },
    onConfirm: () => {
      isConfirmed = true;
      onConfirm();
    },
    // By Escape and by the cross too.
    onClose: () => void (isConfirmed || onCancel?.()),
  });
}

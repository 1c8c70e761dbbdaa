import { useState, type RefObject } from 'react';

export type CopyOutcome = 'none' | 'copied' | 'refused';

export interface Copying {
  outcome: CopyOutcome;
  copy: (text: string) => Promise<void>;
  forget: () => void;
}

/** Copies text. The browser may refuse; then what is shown lies selected, ready for Ctrl C. */
export function useCopy(shown: RefObject<HTMLElement | null>): Copying {
  const [outcome, setOutcome] = useState<CopyOutcome>('none');
  return {
    outcome,
    copy: async (text) => {
      try {
        await navigator.clipboard.writeText(text);
        setOutcome('copied');
      } catch {
        if (shown.current !== null) globalThis.getSelection()?.selectAllChildren(shown.current);
        setOutcome('refused');
      }
    },
    forget: () => setOutcome('none'),
  };
}

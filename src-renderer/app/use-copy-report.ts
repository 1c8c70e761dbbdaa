import { en } from '../text/en.ts';
import { sayDone, sayFault } from '../ui/notices.tsx';
import { ask } from './ask.ts';
import { useBridge } from './parts.tsx';
import { toFault } from './queries.ts';

/** Puts what a helper needs to know onto the clipboard. */
export function useCopyReport(): () => Promise<void> {
  const bridge = useBridge();
  return async () => {
    try {
      const { text } = await ask(bridge, 'app.report', {});
      await navigator.clipboard.writeText(text);
      sayDone(en.report.copied);
    } catch (error) {
      sayFault(toFault(error));
    }
  };
}

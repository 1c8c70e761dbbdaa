import { useMemo, useSyncExternalStore, type ReactElement } from 'react';
import type * as Y from 'yjs';
import { ChartView } from '../chart/chart-view.tsx';
import type { ChordPlace } from '../chart/view/chord-place.ts';
import type { ViewSettings } from '../chart/view-settings.ts';

interface TextStore {
  subscribe: (listener: () => void) => () => void;
  read: () => string;
}

/**
 * The text as a string that is made once a change, however often it is read. Listeners hear of it with the next frame: what
 * was typed is signed and sent to the others before this window spends its time on the chart.
 */
function textStore(text: Y.Text): TextStore {
  let current: string | null = null;
  return {
    read: () => (current ??= text.toJSON()),
    subscribe: (listener) => {
      let frame = 0;
      const onChange = (): void => {
        if (frame !== 0) return;
        frame = requestAnimationFrame(() => {
          frame = 0;
          current = null;
          listener();
        });
      };
      // What changed before anybody listened.
      current = null;
      text.observe(onChange);
      return () => {
        text.unobserve(onChange);
        cancelAnimationFrame(frame);
      };
    },
  };
}

/** The string of a shared text, followed keystroke by keystroke. */
export function useSharedText(text: Y.Text, documentVersion: number): string {
  // A replaced document has another text behind the same id.
  // oxlint-disable-next-line react/exhaustive-deps
  const store = useMemo(() => textStore(text), [text, documentVersion]);
  return useSyncExternalStore(store.subscribe, store.read);
}

interface SharedChartProps {
  text: Y.Text;
  documentVersion: number;
  settings: ViewSettings;
  onChord: (place: ChordPlace, on: DOMRect) => void;
}

/** The chart of a shared song. Only this part is rendered again when somebody types. */
export function SharedChart({ text, documentVersion, settings, onChord }: SharedChartProps): ReactElement {
  return <ChartView source={useSharedText(text, documentVersion)} settings={settings} onChordClick={onChord} />;
}

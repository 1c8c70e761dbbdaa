import { useEffect, useState } from 'react';
import type { ViewSettings } from '../view-settings.ts';
import { voicingsSchema, type VoicingTable } from './voicings.ts';

const tables = {
  guitar: () => import('@tombatossals/chords-db/lib/guitar.json'),
  ukulele: () => import('@tombatossals/chords-db/lib/ukulele.json'),
};

/** The table of an instrument, read when somebody first asks for it: it is larger than everything else of a chart. Null until it is there. */
export function useVoicingTable(instrument: ViewSettings['diagrams']): VoicingTable | null {
  const [loaded, setLoaded] = useState<{ instrument: string; table: VoicingTable } | null>(null);
  useEffect(() => {
    if (instrument !== 'guitar' && instrument !== 'ukulele') return undefined;
    let isWanted = true;
    void tables[instrument]().then(({ default: json }) => {
      if (isWanted) setLoaded({ instrument, table: voicingsSchema.parse(json) });
    });
    return () => {
      isWanted = false;
    };
  }, [instrument]);
  return loaded?.instrument === instrument ? loaded.table : null;
}

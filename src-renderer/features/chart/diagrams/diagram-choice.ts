import { createContext } from 'react';
import type { ChordDefinition } from '../../../../shared/music/chart-model.ts';
import type { ChordSystem } from '../../../../shared/music/parse-chord.ts';

export interface DiagramChoice {
  instrument: 'guitar' | 'ukulele' | 'piano';
  isLeftHanded: boolean;
  /** What the song says of its chords, and the names it uses for them. */
  definitions: readonly ChordDefinition[];
  system: ChordSystem;
}

/** What a grip that stands within the song is drawn for; null where this person sees none, or other chords than are written. */
export const DiagramContext = createContext<DiagramChoice | null>(null);

import { createContext } from 'react';

export interface DiagramChoice {
  strings: 4 | 6;
  isLeftHanded: boolean;
}

/** What a grip that stands within the song is drawn for; null where this person sees none, or other chords than are written. */
export const DiagramContext = createContext<DiagramChoice | null>(null);

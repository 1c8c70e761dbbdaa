import { parseChord, type ChordQuality, type ChordSystem } from './parse-chord.ts';

/** What `chart chords` prints of one chord. */
export interface ChordJson {
  input: string;
  valid: boolean;
  /** As typed, with # and b for ♯ and ♭; null for NC and for what is no chord. */
  root: string | null;
  root_ord: number | null;
  quality: ChordQuality | null;
  extension: string | null;
  bass: string | null;
  bass_ord: number | null;
}

export function chordJson(input: string, system: ChordSystem): ChordJson {
  const chord = parseChord(input, system);
  if (chord === null)
    return { input, valid: false, root: null, root_ord: null, quality: null, extension: null, bass: null, bass_ord: null };
  const { root, bass, quality, extension, text } = chord;
  return {
    input,
    valid: true,
    root: root === null ? null : plainSigns(text.slice(root.from, root.to)),
    root_ord: root?.ord ?? null,
    quality,
    extension,
    bass: bass === null ? null : plainSigns(text.slice(bass.from, bass.to)),
    bass_ord: bass?.ord ?? null,
  };
}

function plainSigns(name: string): string {
  return name.replace(/♯/g, '#').replace(/♭/g, 'b').replace(/𝄪/gu, '##').replace(/𝄫/gu, 'bb').replace(/♮/g, '');
}

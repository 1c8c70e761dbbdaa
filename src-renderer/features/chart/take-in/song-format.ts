import { importSong, type ImportFormat } from '../../../../shared/music/import/import-song.ts';
import { readChordLine, systemOfLines } from '../../../../shared/music/import/chord-line.ts';

/** What a text that comes from elsewhere is written in. */
export type SourceFormat = 'chordpro' | ImportFormat;

export interface TakenSong {
  chordpro: string;
  /** What of the original did not make it, in words. */
  notes: readonly string[];
}

/** Enough to tell formats apart, whatever the size of the file. */
const sampleLength = 20_000;

const directive = /^[ \t]*\{[ \t]*[a-z_]+(?:[-:} \t]|$)/imu;
const inlineChord = /\[[A-H][^\]\n]{0,12}\]\S|\S\[[A-H][^\]\n]{0,12}\]/u;
const bracketHeading =
  /^[ \t]*\[(?:intro|verse|chorus|bridge|outro|pre-chorus|interlude|solo|instrumental|refrain|hook|tab|ch)[^\]\n]*\]/imu;
const onsongHead = /^(?:Title|Artist|Key|Tempo|Time|Capo|Copyright|CCLI|Flow)[ \t]*:/imu;
const onsongHeading = /^(?:Verse|Chorus|Bridge|Intro|Outro|Pre-Chorus|Tag)(?: \d+)?[ \t]*:[ \t]*$/imu;

/** The likeliest format of a text; the person sees the result before anything is kept, and can choose another. */
export function guessFormat(text: string): SourceFormat {
  const sample = text.slice(0, sampleLength);
  if (/^\ufeff?\s*(?:<\?xml|<song\b)/iu.test(sample)) return 'opensong';
  if (directive.test(sample)) return 'chordpro';
  const lines = sample.split(/\r\n|\r|\n/u);
  const system = systemOfLines(lines);
  const hasChordLines = lines.some((line) => /\s/u.test(line.trim()) && readChordLine(line, system) !== null);
  if (bracketHeading.test(sample)) return 'ultimate-guitar';
  if ((onsongHead.test(sample) || onsongHeading.test(sample)) && !hasChordLines) return 'onsong';
  if (inlineChord.test(sample)) return 'chordpro';
  return hasChordLines ? 'over-lyrics' : 'chordpro';
}

/** A text as a song; null where it is not of that format at all. */
export function takeIn(text: string, format: SourceFormat): TakenSong | null {
  return format === 'chordpro' ? { chordpro: text, notes: [] } : importSong(text, format);
}

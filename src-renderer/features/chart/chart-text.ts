import type { SourceCommand } from './editor/song-commands.ts';
import type { SongFormatName } from './out/song-formats.ts';
import type { SourceFormat } from './take-in/song-format.ts';
import type { ViewSettings } from './view-settings.ts';

/** The words of the chart, its editor and its view. */
export const chartText = {
  chorus: 'Chorus',
  bridge: 'Bridge',
  untitled: 'Untitled song',
  empty: 'Nothing here yet: write words in the source, and chords in brackets above them, like [G]this.',
  key: 'Key',
  capo: (fret: number) => `Capo ${fret}`,
  capoShapes: (fret: number, key: string) => `Capo ${fret} (shapes of ${key})`,
  tempo: (bpm: string) => `${bpm} bpm`,

  myView: 'My view',
  onlyYou: 'Only you see this. The shared chart stays as it is.',
  youSee: (what: string) => `You see it ${what}`,
  up: (semitones: number) => `${semitones} up`,
  down: (semitones: number) => `${semitones} down`,
  withCapo: (fret: number) => (fret === 0 ? 'without capo' : `with capo ${fret}`),
  withoutChords: 'without chords',
  backToShared: 'Back to the shared chart',
  transpose: 'Transpose',
  transposeDown: 'One semitone down',
  transposeUp: 'One semitone up',
  asShared: 'As shared',
  capoLabel: 'Capo',
  capoOfSong: 'As in the song',
  noCapo: 'No capo',
  notation: 'Chord names',
  chordsShown: 'With a capo, show',
  size: 'Size',
  smaller: 'Smaller',
  larger: 'Larger',
  columns: 'Columns',
  columnsOfSong: 'Song’s own',
  hideChords: 'Hide chords',
  theme: 'Paper',
  diagrams: 'Chord diagrams',
  leftHanded: 'Left-handed',

  closeBracket: 'Close the bracket',
  closeBrace: 'Close the brace',
  closeSection: 'Close the section where it ends',
  write: (name: string) => `Write ${name}`,

  noDiagram: (chords: string) => `No diagram for ${chords}`,

  sourceMenu: 'What to do in the source',
  transposeSongUp: 'Transpose the song 1 up',
  transposeSongDown: 'Transpose the song 1 down',

  exportSong: 'Export',
  print: 'Print or save as PDF…',

  importTitle: (count: number) => (count === 1 ? 'Import a song' : `Import ${count} songs`),
  importSong: 'Song',
  importFormat: 'Written as',
  importPreview: 'Preview',
  importOption: (title: string, remarks: number | null) => {
    if (remarks === null) return `${title} (not read)`;
    return remarks === 0 ? title : `${title} (${remarks === 1 ? '1 remark' : `${remarks} remarks`})`;
  },
  importMore: (count: number) => `and ${count} more`,
  importNotes: 'Not everything was understood',
  importNotOfFormat: (format: string) => `This is not ${format}. Choose how it is written.`,
  importSkipped: (count: number) => (count === 1 ? '1 song stays out' : `${count} songs stay out`),
  importNow: (count: number) => (count === 1 ? 'Import song' : `Import ${count} songs`),
  onLine: (line: number, message: string) => `Line ${line}: ${message}`,
  cancel: 'Cancel',
  close: 'Close',

  stage: 'Stage',
  turnPage: 'Turn the page',
  leaveStage: 'Leave stage',
  pageOf: (page: number, pages: number) => `${page} / ${pages}`,
} as const;

export const notationNames: Record<ViewSettings['notation'], string> = {
  written: 'As written',
  common: 'Letters (B♭, B)',
  german: 'German (B, H)',
  latin: 'Latin (Do, Re, Mi)',
  solfege: 'Solfège (Do, Re, Ti)',
  nashville: 'Numbers (1, 4, 5)',
  roman: 'Roman (I, IV, V)',
};

export const notationWords: Record<Exclude<ViewSettings['notation'], 'written'>, string> = {
  common: 'in letters',
  german: 'in German names',
  latin: 'in Latin names',
  solfege: 'in solfège',
  nashville: 'in numbers',
  roman: 'in Roman numerals',
};

export const chordsShownNames: Record<ViewSettings['chords'], string> = {
  shapes: 'Shapes you grip',
  sounding: 'Chords that sound',
  both: 'Both',
};

export const formatNames: Record<SongFormatName, string> = {
  chordpro: 'ChordPro (.cho)',
  text: 'Text, chords over words (.txt)',
  html: 'Web page (.html)',
  json: 'Data (.json)',
};

export const sourceCommandNames: Record<SourceCommand, { name: string; keys: string }> = {
  'insert-chord': { name: 'Insert a chord', keys: 'Ctrl/Cmd [' },
  'toggle-over-lyrics': { name: 'Chords of this line above it, or in it', keys: 'Ctrl/Cmd Shift L' },
  'duplicate-section': { name: 'Repeat this section', keys: 'Ctrl/Cmd Shift D' },
  'section-up': { name: 'Move this section up', keys: 'Alt PageUp' },
  'section-down': { name: 'Move this section down', keys: 'Alt PageDown' },
  'rename-section': { name: 'Name this section', keys: 'F2' },
};

export const sourceFormatNames: Record<SourceFormat, string> = {
  chordpro: 'ChordPro',
  'over-lyrics': 'Text, chords over words',
  'ultimate-guitar': 'Ultimate Guitar page',
  onsong: 'OnSong',
  opensong: 'OpenSong (XML)',
};

export const themeNames: Record<ViewSettings['theme'], string> = { auto: 'Like the app', light: 'Light', dark: 'Dark' };

export const diagramNames: Record<ViewSettings['diagrams'], string> = {
  none: 'None',
  guitar: 'Guitar',
  ukulele: 'Ukulele',
  piano: 'Piano',
};

/** What makes this view another one than the shared chart, for the mark on the chart; null when nothing does. */
export function describeView(settings: ViewSettings): string | null {
  const differences: string[] = [];
  if (settings.transpose > 0) differences.push(chartText.up(settings.transpose));
  if (settings.transpose < 0) differences.push(chartText.down(-settings.transpose));
  if (settings.capo !== null) differences.push(chartText.withCapo(settings.capo));
  if (settings.chords === 'sounding') differences.push('as it sounds');
  if (settings.chords === 'both') differences.push('with shapes and sounding chords');
  if (settings.notation !== 'written') differences.push(notationWords[settings.notation]);
  if (settings.hide_chords) differences.push(chartText.withoutChords);
  return differences.length === 0 ? null : chartText.youSee(differences.join(', '));
}

/** Short and obsolete forms, and the long form that they stand for. */
const shortForms: Readonly<Record<string, string>> = {
  t: 'title',
  st: 'subtitle',
  su: 'subtitle',
  c: 'comment',
  ci: 'comment_italic',
  cb: 'comment_box',
  soc: 'start_of_chorus',
  eoc: 'end_of_chorus',
  sov: 'start_of_verse',
  eov: 'end_of_verse',
  sob: 'start_of_bridge',
  eob: 'end_of_bridge',
  sot: 'start_of_tab',
  eot: 'end_of_tab',
  sog: 'start_of_grid',
  eog: 'end_of_grid',
  ns: 'new_song',
  np: 'new_page',
  npp: 'new_physical_page',
  colb: 'column_break',
  col: 'columns',
  cf: 'chordfont',
  cs: 'chordsize',
  tf: 'textfont',
  ts: 'textsize',
  g: 'grid',
  ng: 'no_grid',
  chordcolor: 'chordcolour',
  textcolor: 'textcolour',
  titlecolor: 'titlecolour',
  choruscolor: 'choruscolour',
  footercolor: 'footercolour',
  gridcolor: 'gridcolour',
  tabcolor: 'tabcolour',
  labelcolor: 'labelcolour',
  toccolor: 'toccolour',
};

const metadata = new Set([
  'title',
  'sorttitle',
  'subtitle',
  'artist',
  'sortartist',
  'composer',
  'lyricist',
  'arranger',
  'copyright',
  'album',
  'year',
  'key',
  'time',
  'tempo',
  'duration',
  'capo',
  'tag',
]);

const longForms = new Map(Object.entries(shortForms));

const comments: Readonly<Record<string, 'plain' | 'italic' | 'box' | 'highlight'>> = {
  comment: 'plain',
  comment_italic: 'italic',
  comment_box: 'box',
  highlight: 'highlight',
};

const styled = ['chord', 'chorus', 'footer', 'grid', 'label', 'tab', 'text', 'title', 'toc'];

/** They change how the chart looks from where they stand on, so the chart has a line for them. */
const layout = new Set([
  'new_page',
  'new_physical_page',
  'column_break',
  'columns',
  'pagetype',
  'titles',
  'diagrams',
  'grid',
  'no_grid',
  ...styled.flatMap((element) => [`${element}font`, `${element}size`, `${element}colour`]),
]);

export type DirectiveClass =
  | 'metadata'
  | 'meta'
  | 'comment'
  | 'start'
  | 'end'
  | 'recall'
  | 'transpose'
  | 'definition'
  | 'image'
  | 'layout'
  | 'new-song'
  | 'custom'
  | 'unknown';

/** The long form, in lower case. `\w` is what the names of sections may consist of. */
export function longName(name: string): string {
  const lower = name.toLowerCase();
  return longForms.get(lower) ?? lower;
}

/** What a directive is for, by its long name. */
export function directiveClass(name: string): DirectiveClass {
  if (metadata.has(name)) return 'metadata';
  if (Object.hasOwn(comments, name)) return 'comment';
  if (name.startsWith('start_of_') && name.length > 9) return 'start';
  if (name.startsWith('end_of_') && name.length > 7) return 'end';
  if (layout.has(name)) return 'layout';
  switch (name) {
    case 'meta':
      return 'meta';
    case 'chorus':
      return 'recall';
    case 'transpose':
      return 'transpose';
    case 'define':
    case 'chord':
      return 'definition';
    case 'image':
      return 'image';
    case 'new_song':
      return 'new-song';
    default:
      // `{+setting: value}` configures the reference implementation.
      return name.startsWith('x_') || name.startsWith('+') ? 'custom' : 'unknown';
  }
}

export function commentStyle(name: string): 'plain' | 'italic' | 'box' | 'highlight' {
  return comments[name] ?? 'plain';
}

/** For completion: every name that means something, long forms and short ones. */
export const knownDirectives: readonly { name: string; short: readonly string[] }[] = [
  ...metadata,
  'meta',
  ...Object.keys(comments),
  ...['chorus', 'verse', 'bridge', 'tab', 'grid', 'abc', 'ly', 'svg', 'textblock'].flatMap((type) => [
    `start_of_${type}`,
    `end_of_${type}`,
  ]),
  'chorus',
  'transpose',
  'define',
  'chord',
  'image',
  'new_song',
  ...layout,
].map((name) => ({ name, short: Object.keys(shortForms).filter((short) => shortForms[short] === name && short !== name) }));

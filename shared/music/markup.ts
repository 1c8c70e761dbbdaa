/** How a run of letters is set. Nothing in it comes from the text unchecked: a size is a number in bounds, a colour one of known form. */
export interface TextStyle {
  bold?: boolean;
  italic?: boolean;
  underline?: boolean;
  strike?: boolean;
  family?: 'serif' | 'sans' | 'mono';
  script?: 'sub' | 'sup';
  /** Of the size around it. */
  size?: number;
  /** `#rrggbb`, or a name that every browser knows. */
  colour?: string;
  background?: string;
}

/** A run of letters that is set in another way than the words around it. */
export interface TextMark {
  from: number;
  to: number;
  style: TextStyle;
}

export interface MarkedText {
  /** Without its tags. */
  text: string;
  /** From left to right, not overlapping. */
  marks: TextMark[];
  /** Where each tag was in the text with tags, in order. */
  cuts: { from: number; to: number }[];
}

/** Tags inside each other beyond this are words: nobody means them. */
const deepest = 16;
const tag = /<(\/?)(span|big|small|sub|sup|tt|[bisu])(\s[^<>]*)?>|<(?:strut|img|sym)(?:\s[^<>]*)?\/?>/giy;
const attribute = /([a-z_]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

interface Tag {
  from: number;
  to: number;
  name: string;
  isEnd: boolean;
  attributes: string;
  /** An end that has a start, or the reverse; the others stay words. */
  isPaired: boolean;
}

/** `<b>`, `<span color="red">` and the like taken out of a text. Null where there is none; a tag without its other half is words. Linear. */
export function readMarkup(source: string): MarkedText | null {
  if (!source.includes('<')) return null;
  const tags = pairedTags(source);
  if (tags.length === 0) return null;
  const marks: TextMark[] = [];
  const styles: TextStyle[] = [];
  let text = '';
  let at = 0;
  for (const { from, to, name, isEnd, attributes } of tags) {
    addRun(marks, text.length, text.length + from - at, styles.at(-1));
    text += source.slice(at, from);
    at = to;
    if (name === '') continue;
    if (isEnd) styles.pop();
    else styles.push(combined(styles.at(-1) ?? {}, styleOf(name, attributes)));
  }
  return { text: text + source.slice(at), marks, cuts: tags };
}

/** The text alone. */
export function withoutMarkup(source: string): string {
  return readMarkup(source)?.text ?? source;
}

function pairedTags(source: string): Tag[] {
  const found: Tag[] = [];
  const open: Tag[] = [];
  for (let at = source.indexOf('<'); at >= 0; at = source.indexOf('<', at + 1)) {
    tag.lastIndex = at;
    const match = tag.exec(source);
    if (match === null) continue;
    const name = (match[2] ?? '').toLowerCase();
    const one: Tag = {
      from: at,
      to: tag.lastIndex,
      name,
      isEnd: match[1] === '/',
      attributes: match[3] ?? '',
      isPaired: name === '',
    };
    found.push(one);
    if (name === '') continue;
    if (!one.isEnd) {
      if (open.length < deepest) open.push(one);
      continue;
    }
    const start = open.findLastIndex((candidate) => candidate.name === name);
    const opening = open[start];
    if (opening === undefined) continue;
    open.length = start;
    opening.isPaired = true;
    one.isPaired = true;
  }
  return found.filter(({ isPaired }) => isPaired);
}

function addRun(marks: TextMark[], from: number, to: number, style: TextStyle | undefined): void {
  if (style !== undefined && to > from && Object.keys(style).length > 0) marks.push({ from, to, style });
}

function combined(outer: TextStyle, inner: TextStyle): TextStyle {
  const size = boundedSize((outer.size ?? 1) * (inner.size ?? 1));
  const { size: _, ...rest } = { ...outer, ...inner };
  return size === 1 ? rest : { ...rest, size };
}

function styleOf(name: string, attributes: string): TextStyle {
  switch (name) {
    case 'b':
      return { bold: true };
    case 'i':
      return { italic: true };
    case 'u':
      return { underline: true };
    case 's':
      return { strike: true };
    case 'tt':
      return { family: 'mono' };
    case 'sub':
      return { script: 'sub', size: 0.8 };
    case 'sup':
      return { script: 'sup', size: 0.8 };
    case 'big':
      return { size: 1.25 };
    case 'small':
      return { size: 0.8 };
    default:
      return spanStyle(attributes);
  }
}

function spanStyle(source: string): TextStyle {
  let style: TextStyle = {};
  for (const match of source.matchAll(attribute)) {
    style = { ...style, ...attributeStyle((match[1] ?? '').toLowerCase(), (match[2] ?? match[3] ?? '').trim()) };
  }
  return style;
}

function attributeStyle(name: string, value: string): TextStyle {
  switch (name) {
    case 'color':
    case 'colour':
    case 'foreground':
    case 'fgcolor':
      return colourStyle('colour', value);
    case 'background':
    case 'bgcolor':
      return colourStyle('background', value);
    case 'weight':
      return { bold: value === 'bold' };
    case 'style':
      return { italic: value === 'italic' || value === 'oblique' };
    case 'underline':
      return { underline: value !== 'none' };
    case 'strikethrough':
      return { strike: value === 'true' || value === '1' };
    case 'face':
    case 'font_family':
    case 'font_desc':
    case 'font':
      return fontStyle(value);
    case 'size':
      return sizeStyle(value, defaultPoints);
    case 'rise':
      return value.startsWith('-') ? { script: 'sub' } : /[1-9]/.test(value) ? { script: 'sup' } : {};
    default:
      return {};
  }
}

/** The size of lyrics in the reference: sizes in points are taken in proportion to it. */
const defaultPoints = 12;
const namedSizes: Readonly<Record<string, number>> = {
  'xx-small': 0.51,
  'x-small': 0.64,
  small: 0.8,
  smaller: 0.8,
  medium: 1,
  large: 1.25,
  larger: 1.25,
  'x-large': 1.56,
  'xx-large': 1.95,
};

const boundedSize = (size: number): number => Math.min(2, Math.max(0.6, Math.round(size * 100) / 100));

/** `14`, `80%`, `large`; what cannot be read changes nothing. `points` is the size that `14` is compared with. */
export function sizeStyle(value: string, points: number): TextStyle {
  const named = Object.hasOwn(namedSizes, value.toLowerCase()) ? namedSizes[value.toLowerCase()] : undefined;
  if (named !== undefined) return named === 1 ? {} : { size: boundedSize(named) };
  const match = /^(\d{1,3}(?:\.\d{1,3})?)\s*(%|pt|em)?$/.exec(value);
  if (match?.[1] === undefined) return {};
  const number = Number(match[1]);
  const size = match[2] === '%' ? number / 100 : match[2] === 'em' ? number : number / points;
  return size > 0 ? { size: boundedSize(size) } : {};
}

/** `Times-Bold`, `sans italic 14`: the sort of letters and how they stand. No font is ever loaded because a song names it. */
export function fontStyle(value: string): TextStyle {
  const lower = value.toLowerCase();
  const style: TextStyle = {};
  if (/mono|courier|consol|typewriter/.test(lower)) style.family = 'mono';
  else if (/sans|helvet|arial|verdana/.test(lower)) style.family = 'sans';
  else if (/times|serif|georgia|roman|garamond|palatino/.test(lower)) style.family = 'serif';
  if (/bold|black|heavy/.test(lower)) style.bold = true;
  if (/italic|oblique/.test(lower)) style.italic = true;
  const points = /\s(\d{1,3}(?:\.\d{1,3})?)$/.exec(lower)?.[1];
  return points === undefined ? style : { ...style, ...sizeStyle(points, defaultPoints) };
}

const colourNames = new Set(
  'aqua black blue brown chocolate coral crimson cyan darkblue darkgreen darkgray darkgrey darkorange darkred darkviolet deeppink fuchsia gold gray green grey hotpink indigo khaki lavender lightblue lightgray lightgreen lightgrey lime magenta maroon navy olive orange orchid pink plum purple red royalblue salmon sienna silver skyblue steelblue tan teal tomato turquoise violet white yellow'.split(
    ' ',
  ),
);

/** A colour by name or `#rrggbb`; what is neither changes nothing. */
export function colourStyle(place: 'colour' | 'background', value: string): TextStyle {
  const lower = value.toLowerCase();
  return /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/.test(lower) || colourNames.has(lower) ? { [place]: lower } : {};
}

export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  /** Its own text, without that of its children. */
  text: string;
}

/** Song files are shallow and small in kinds; more is an attack or another format. */
const deepest = 20;
const mostElements = 100_000;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const openTag = /<([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const closeTag = /<\/([A-Za-z_][\w.:-]*)\s*>/y;
const attribute = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * The root element of a document. Strict and small on purpose: no DOCTYPE, so no entity of its own can grow, and nothing is fetched.
 * Null for what is not well formed.
 */
export function readXml(source: string): XmlElement | null {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open: { element: XmlElement; text: string[] }[] = [{ element: root, text: [] }];
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  let count = 0;
  while (at < source.length) {
    const top = open.at(-1);
    if (top === undefined) return null;
    const next = source.indexOf('<', at);
    const textTo = next < 0 ? source.length : next;
    if (textTo > at) {
      const text = decodeEntities(source.slice(at, textTo));
      if (text === null || (open.length === 1 && text.trim() !== '')) return null;
      top.text.push(text);
      at = textTo;
      continue;
    }
    const skipped = skipMarkup(source, at, top.text);
    if (skipped === -1) return null;
    if (skipped > at) {
      at = skipped;
      continue;
    }
    closeTag.lastIndex = at;
    const closing = closeTag.exec(source);
    if (closing !== null) {
      if (open.length < 2 || closing[1] !== top.element.name) return null;
      top.element.text = top.text.join('');
      open.pop();
      at = closeTag.lastIndex;
      continue;
    }
    openTag.lastIndex = at;
    const opening = openTag.exec(source);
    count += 1;
    if (opening?.[1] === undefined || open.length > deepest || count > mostElements) return null;
    if (open.length === 1 && root.children.length > 0) return null;
    const attributes = readAttributes(opening[2] ?? '');
    if (attributes === null) return null;
    const element: XmlElement = { name: opening[1], attributes, children: [], text: '' };
    top.element.children.push(element);
    if (opening[3] !== '/') open.push({ element, text: [] });
    at = openTag.lastIndex;
  }
  return open.length === 1 ? (root.children[0] ?? null) : null;
}

/** After a declaration, comment or CDATA that starts at `at`; `at` itself where there is none; −1 for a DOCTYPE and what has no end. */
function skipMarkup(source: string, at: number, text: string[]): number {
  if (source.startsWith('<!--', at)) return endOf(source, '-->', at + 4);
  if (source.startsWith('<?', at)) return endOf(source, '?>', at + 2);
  if (source.startsWith('<![CDATA[', at)) {
    const end = endOf(source, ']]>', at + 9);
    if (end > 0) text.push(source.slice(at + 9, end - 3));
    return end;
  }
  return source.startsWith('<!', at) ? -1 : at;
}

function endOf(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found < 0 ? -1 : found + mark.length;
}

function readAttributes(source: string): Record<string, string> | null {
  const found: [string, string][] = [];
  for (const match of source.matchAll(attribute)) {
    const value = decodeEntities(match[2] ?? match[3] ?? '');
    if (value === null) return null;
    found.push([match[1] ?? '', value]);
  }
  return Object.fromEntries(found);
}

/** Only the five of XML itself and numbers; null where there is another. */
function decodeEntities(text: string): string | null {
  if (!text.includes('&')) return text;
  let isKnown = true;
  const decoded = text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]+));|&/g, (whole, hex: string, decimal: string, name: string) => {
    if (name !== undefined && Object.hasOwn(entities, name)) return entities[name] ?? whole;
    const code = hex === undefined ? (decimal === undefined ? Number.NaN : Number(decimal)) : Number.parseInt(hex, 16);
    if (code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) return String.fromCodePoint(code);
    isKnown = false;
    return whole;
  });
  return isKnown ? decoded : null;
}

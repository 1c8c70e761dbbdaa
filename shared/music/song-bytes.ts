import type { Diagnostic } from './chart-model.ts';

export type SongEncoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

export interface SongText {
  text: string;
  encoding: SongEncoding;
}

/** 0x80–0x9F of windows-1252; the five that it leaves open stay control characters, so every byte comes back. */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const step = 8_192;

/**
 * The text of a song file. What is not UTF-8 is read as windows-1252, as old files are; UTF-32 and UTF-16 by their byte order marks. The
 * text keeps the mark, so that `encodeSong` gives back every byte.
 */
export function decodeSong(bytes: Uint8Array): SongText {
  // First, since the mark of UTF-32 in little endian starts as that of UTF-16 does.
  for (const encoding of ['utf-32le', 'utf-32be'] as const) {
    const text = decodeUtf32(bytes, encoding === 'utf-32le');
    if (text !== null) return { text, encoding };
  }
  if (bytes.length % 2 === 0 && bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decodeUtf16(bytes, 0), encoding: 'utf-16le' };
  if (bytes.length % 2 === 0 && bytes[0] === 0xfe && bytes[1] === 0xff) return { text: decodeUtf16(bytes, 1), encoding: 'utf-16be' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    const parts: string[] = [];
    for (let at = 0; at < bytes.length; at += step) {
      parts.push(
        String.fromCharCode(...bytes.subarray(at, at + step)).replace(/[\u0080-\u009f]/g, (c) => upper.charAt(c.charCodeAt(0) - 0x80)),
      );
    }
    return { text: parts.join(''), encoding: 'windows-1252' };
  }
}

/** The bytes of a text in the encoding it came in; in UTF-8 when it has got characters that the encoding does not have. */
export function encodeSong({ text, encoding }: SongText): Uint8Array {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return encodeUtf16(text, encoding === 'utf-16le' ? 0 : 1);
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return encodeUtf32(text, encoding === 'utf-32le');
  if (encoding === 'windows-1252') {
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      const place = code >= 0x80 ? upper.indexOf(text.charAt(at)) : -1;
      const byte = place >= 0 ? 0x80 + place : code;
      if (byte > 0xff) return new TextEncoder().encode(text);
      bytes[at] = byte;
    }
    return bytes;
  }
  return new TextEncoder().encode(text);
}

const byteOrderMark = 0xfeff;

/** Null for what does not begin with the mark, and for what is no character: those bytes would not come back. */
function decodeUtf32(bytes: Uint8Array, isLittleEndian: boolean): string | null {
  if (bytes.length === 0 || bytes.length % 4 !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0, isLittleEndian) !== byteOrderMark) return null;
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += step * 4) {
    const codes: number[] = [];
    for (let place = at; place < Math.min(at + step * 4, bytes.length); place += 4) {
      const code = view.getUint32(place, isLittleEndian);
      if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return null;
      codes.push(code);
    }
    parts.push(String.fromCodePoint(...codes));
  }
  return parts.join('');
}

function encodeUtf32(text: string, isLittleEndian: boolean): Uint8Array {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const bytes = new Uint8Array(codes.length * 4);
  const view = new DataView(bytes.buffer);
  codes.forEach((code, at) => view.setUint32(at * 4, code, isLittleEndian));
  return bytes;
}

function decodeUtf16(bytes: Uint8Array, lowAt: 0 | 1): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += step * 2) {
    const codes: number[] = [];
    for (let unit = at; unit < Math.min(at + step * 2, bytes.length); unit += 2) {
      codes.push((bytes[unit + lowAt] ?? 0) | ((bytes[unit + 1 - lowAt] ?? 0) << 8));
    }
    parts.push(String.fromCharCode(...codes));
  }
  return parts.join('');
}

function encodeUtf16(text: string, lowAt: 0 | 1): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at += 1) {
    bytes[at * 2 + lowAt] = text.charCodeAt(at) & 0xff;
    bytes[at * 2 + 1 - lowAt] = text.charCodeAt(at) >> 8;
  }
  return bytes;
}

/** What a reader should know of the encoding, as diagnostics of the first line. */
export function encodingNotes(encoding: SongEncoding): Diagnostic[] {
  if (encoding !== 'windows-1252') return [];
  const message = 'This file is not UTF-8: it was read as windows-1252. If letters look wrong, save it as UTF-8.';
  return [{ code: 'not-utf-8', severity: 'info', message, line: 1, from: 0, to: 0 }];
}

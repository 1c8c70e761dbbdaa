import type { Diagnostic } from './chart-model.ts';

export type SongEncoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';

export interface SongText {
  text: string;
  encoding: SongEncoding;
}

/** 0x80–0x9F of windows-1252; the five that it leaves open stay control characters, so every byte comes back. */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const step = 8_192;

/**
 * The text of a song file. What is not UTF-8 is read as windows-1252, as old files are; UTF-16 by its byte order mark. The text keeps
 * the mark, so that `encodeSong` gives back every byte.
 */
export function decodeSong(bytes: Uint8Array): SongText {
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

/** How the bytes of a song file were read. */
export type SongEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

function startsWith(content: Uint8Array, ...mark: number[]): boolean {
  return mark.every((byte, at) => content[at] === byte);
}

/**
 * Text of a song file: UTF-16 by its byte order mark, else UTF-8 when it is valid, else windows-1252 (which older chart
 * programs write). Line ends stay as they are; a byte order mark is not part of the text. Null when the bytes are no text.
 */
export function decodeSongFile(content: Uint8Array): { text: string; encoding: SongEncoding } | null {
  const encoding = encodingOf(content);
  const text = new TextDecoder(encoding).decode(content);
  // No chart has a NUL, and every picture or archive has.
  return text.includes('\0') ? null : { text, encoding };
}

function encodingOf(content: Uint8Array): SongEncoding {
  if (startsWith(content, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(content, 0xfe, 0xff)) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(content);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

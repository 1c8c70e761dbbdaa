/** Hands a text to the browser as a download. */
export function saveFile(name: string, mediaType: string, text: string): void {
  saveBytes(name, `${mediaType};charset=utf-8`, new TextEncoder().encode(text));
}

export function saveBytes(name: string, mediaType: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the download takes the address after this turn.
  requestAnimationFrame(() => URL.revokeObjectURL(url));
}

// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u001f\u007f<>:"/\\|?*]+/gu;
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/iu;
/** Leaves room for an extension and a folder on every system. */
const longest = 80;

/** A title as a file name that every system takes. */
export function fileName(title: string, extension: string): string {
  const plain = title
    .toWellFormed()
    .replaceAll(forbidden, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(/^[. ]+|[. ]+$/gu, '');
  const cut = Array.from(plain).slice(0, longest).join('').trim();
  const name = cut === '' || reserved.test(cut) ? `song ${cut}`.trim() : cut;
  return `${name}.${extension}`;
}

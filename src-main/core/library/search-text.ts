/**
 * What the search compares: small letters without accents, chords taken out of the words they stand in ("Si[G]lent"),
 * any white space as one blank.
 */
export function foldForSearch(text: string): string {
  return text
    .replace(/\[[^\]\n]*\]/g, '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

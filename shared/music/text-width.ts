const mark = /\p{Mark}|\u200b|\u200c|\u200d/gu;
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

/** Columns that a text takes in a monospaced font: marks take none, East Asian characters two. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text.replace(mark, '')) width += character.length > 0 ? 1 : 0;
  return width + (text.match(wide)?.length ?? 0);
}

/** The same of one character. */
export function characterWidth(character: string): number {
  // Below there are neither marks nor wide ones.
  return character < '\u0300' ? 1 : textWidth(character);
}

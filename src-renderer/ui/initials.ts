const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letter as it is read, with its accents; a family emoji is one too. */
function firstLetter(word: string | undefined): string {
  for (const { segment } of graphemes.segment(word ?? '')) return segment.toLocaleUpperCase();
  return '';
}

/** One or two capitals of a name: "Ann" → "A", "ann  van Dyk" → "AD". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = firstLetter(words[0]);
  return words.length > 1 ? first + firstLetter(words.at(-1)) : first;
}

/** Black or white, whichever reads better on `color` (#rrggbb), by WCAG relative luminance. */
export function inkOn(color: string): '#ffffff' | '#14110e' {
  const channel = (at: number): number => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.0555 ? '#ffffff' : '#14110e';
}

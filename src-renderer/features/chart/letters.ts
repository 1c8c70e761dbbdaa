import './chart.css';

const fonts = [
  '400 1em Inter',
  'italic 400 1em Inter',
  '600 1em Inter',
  '700 1em Inter',
  '400 1em "JetBrains Mono"',
  '600 1em "JetBrains Mono"',
];

/**
 * Resolves when the letters that charts and their sources are set in are there. The browser asks for them itself when it first draws them,
 * which is too late for a sheet that is printed at once, and draws everything a second time.
 * Those that do not come are drawn in others.
 * @param text whose letters are asked for; left out: the Latin ones
 */
export async function lettersLoaded(text?: string): Promise<void> {
  await Promise.allSettled(fonts.map((font) => document.fonts.load(font, text)));
}

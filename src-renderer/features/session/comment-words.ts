const atMost = 60;

/** A quote as one line, short enough to name things by. */
export function shortQuote(quote: string): string {
  const line = quote.replaceAll(/\s+/gu, ' ').trim();
  if (line.length <= atMost) return line;
  const cut = line.slice(0, atMost - 1);
  return `${(cut.isWellFormed() ? cut : cut.slice(0, -1)).trimEnd()}…`;
}

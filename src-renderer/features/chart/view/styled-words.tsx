import type { CSSProperties, ReactElement } from 'react';
import type { TextMark, TextStyle } from '../../../../shared/music/markup.ts';
import { cssRules, styledRuns } from '../../../../shared/music/style-css.ts';

/** A style of the song as React takes it. */
export function styleOf(style: TextStyle): CSSProperties {
  return Object.fromEntries(
    Object.entries(cssRules(style)).map(([name, value]) => [name.replaceAll(/-(.)/gu, (_, letter: string) => letter.toUpperCase()), value]),
  );
}

/** Words of which the song sets some in another way; `start` is their place in the line. */
export function Styled({ text, start, marks }: { text: string; start: number; marks: readonly TextMark[] }): ReactElement {
  return (
    <>
      {styledRuns(text, start, marks).map(({ from, text: words, style }) =>
        style === null ? (
          words
        ) : (
          <span key={from} style={styleOf(style)}>
            {words}
          </span>
        ),
      )}
    </>
  );
}

import type { ReactElement, ReactNode } from 'react';
import type { TextStyle } from '../../../../shared/music/markup.ts';
import { styleOf } from './styled-words.tsx';

export interface MonoBlockProps {
  /** Of the longest line: the block is made smaller until that fits. */
  letters: number;
  /** What the song asks for; size and letters stay, since everything here stands under something. */
  words?: TextStyle | undefined;
  children: ReactNode;
}

/** Tab and grid: letters under letters. Below a legible size it scrolls, and can then be reached by keyboard. */
export function MonoBlock({ letters, words, children }: MonoBlockProps): ReactElement {
  const { size: _size, family: _family, ...kept } = words ?? {};
  return (
    <div className="chart-mono-frame">
      {/* What scrolls must take the focus (WCAG 2.1.1), although it is no control. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="chart-mono" tabIndex={0} style={{ ...styleOf(kept), '--chart-letters': letters }}>
        {children}
      </pre>
    </div>
  );
}

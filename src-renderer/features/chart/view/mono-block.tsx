import type { ReactElement, ReactNode } from 'react';

export interface MonoBlockProps {
  /** Of the longest line: the block is made smaller until that fits. */
  letters: number;
  children: ReactNode;
}

/** Tab and grid: letters under letters. Below a legible size it scrolls, and can then be reached by keyboard. */
export function MonoBlock({ letters, children }: MonoBlockProps): ReactElement {
  return (
    <div className="chart-mono-frame">
      {/* What scrolls must take the focus (WCAG 2.1.1), although it is no control. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="chart-mono" tabIndex={0} style={{ '--chart-letters': letters }}>
        {children}
      </pre>
    </div>
  );
}

import type { ComponentPropsWithRef, ReactElement } from 'react';

/** A part of the page that scrolls by itself. It takes the focus, so that it scrolls by keyboard too. */
export function ScrollPane(props: ComponentPropsWithRef<'section'>): ReactElement {
  // WCAG 2.1.1: without the focus nobody could scroll it with keys.
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  return <section tabIndex={0} {...props} />;
}

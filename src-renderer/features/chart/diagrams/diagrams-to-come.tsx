import type { ReactElement } from 'react';

/** In the place of diagrams that are still being read. Who prints waits until there is none. */
export function DiagramsToCome(): ReactElement {
  return <div aria-busy="true" hidden />;
}

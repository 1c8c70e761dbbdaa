import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { en } from '../text/en.ts';
import { EmptyState } from '../ui/empty-state.tsx';

/** What is shown instead of a page that threw: everything typed is on disk, so loading again is safe. */
export function CrashPage(): ReactElement {
  return (
    <main role="alert">
      <EmptyState title={en.app.crashed.title} body={en.app.crashed.body}>
        <Button onClick={() => globalThis.location.reload()}>{en.app.crashed.action}</Button>
      </EmptyState>
    </main>
  );
}

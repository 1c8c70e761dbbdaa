import { Button } from '@mantine/core';
import { useEffect, type ReactElement } from 'react';
import { useRouteError } from 'react-router';
import { en } from '../text/en.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useBridge } from './parts.tsx';
import { useCopyReport } from './use-copy-report.ts';
import { noteProblem } from './use-noted-problems.ts';

/** What is shown instead of a page that threw: everything typed is on disk, so loading again is safe. */
export function CrashPage(): ReactElement {
  const bridge = useBridge();
  const error = useRouteError();
  const copyReport = useCopyReport();
  useEffect(() => noteProblem(bridge, error), [bridge, error]);
  return (
    <main role="alert">
      <EmptyState title={en.app.crashed.title} body={en.app.crashed.body}>
        <Button onClick={() => globalThis.location.reload()}>{en.app.crashed.action}</Button>
        <Button variant="default" onClick={() => void copyReport()}>
          {en.report.copy}
        </Button>
      </EmptyState>
    </main>
  );
}

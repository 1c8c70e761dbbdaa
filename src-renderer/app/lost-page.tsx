import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { en } from '../text/en.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useTitle } from '../ui/page.tsx';

/** An address that leads nowhere. */
export function LostPage(): ReactElement {
  useTitle(en.app.lost.title);
  return (
    <EmptyState title={en.app.lost.title} body={en.app.lost.body}>
      <Button component={Link} to="/library">
        {en.app.lost.action}
      </Button>
    </EmptyState>
  );
}

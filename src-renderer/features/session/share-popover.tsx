import { Button, Popover } from '@mantine/core';
import { UserPlus } from 'lucide-react';
import type { ReactElement } from 'react';
import { en } from '../../text/en.ts';

/** How others come in. */
export function SharePopover({ joinCode }: { joinCode: string | null }): ReactElement {
  return (
    <Popover position="bottom-end" width={280} trapFocus shadow="md">
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<UserPlus size={15} aria-hidden="true" />}>
          {en.session.share}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={en.session.shareTitle} className="share">
        <h2 className="card-title">{en.session.shareTitle}</h2>
        {joinCode === null ? (
          <p className="cm-muted">{en.session.shareNone}</p>
        ) : (
          <>
            <p className="cm-muted">{en.session.shareLead}</p>
            <p className="share-code">{joinCode}</p>
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

import { Button, Popover } from '@mantine/core';
import { UserPlus } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { en } from '../../text/en.ts';

/** How others come in. @param morePath where one invites them; null for who may not */
export function SharePopover({ joinCode, morePath }: { joinCode: string | null; morePath: string | null }): ReactElement {
  return (
    <Popover position="bottom-end" width={280} trapFocus shadow="md">
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          className="share-button"
          aria-label={en.session.share}
          leftSection={<UserPlus size={15} aria-hidden="true" />}
        >
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
        {morePath !== null && (
          <Link to={morePath} className="share-more">
            {en.session.shareMore}
          </Link>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

import { useEffect, useRef } from 'react';
import { notify } from '../../app/notify.ts';
import { en } from '../../text/en.ts';
import { useInvitations } from './use-invitations.ts';

/** Tells of invitations that come while the window is behind others. */
export function useInvitationNotices(): void {
  const invitations = useInvitations().data;
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (invitations === undefined) return;
    const before = known.current;
    known.current = new Set(invitations.map(({ id }) => id));
    const isFresh = before !== null && invitations.some(({ id }) => !before.has(id));
    if (isFresh) notify({ title: en.app.name, body: en.settings.desktop.invited, subject: 'invitations' });
  }, [invitations]);
}

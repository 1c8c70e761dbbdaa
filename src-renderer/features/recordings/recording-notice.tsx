import { Button } from '@mantine/core';
import { Disc } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';
import type { Session } from '../../../shared/session/schemas.ts';
import { readPreference, writePreference } from '../../app/preferences.ts';
import { toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { sayFault } from '../../ui/notices.tsx';
import { useSessionManagementService } from '../sessions/use-sessions.ts';
import './recordings.css';

const words = en.recordings.question;
const answered = (sessionId: string): string => `recorded-session.${sessionId}`;

/** Whether this person is to be asked: not who leads it, not twice, and not where nothing is recorded by itself. */
function isToBeAsked(session: Session): boolean {
  const isGuestOfIt = session.role !== null && session.role !== 'owner';
  return session.auto_recording && session.status !== 'archived' && isGuestOfIt && readPreference(answered(session.id)) === null;
}

/**
 * A line for who comes into a session that records by itself: what is kept, and whether where they point may be. Until they
 * say yes it is not.
 */
export function RecordingNotice({ session }: { session: Session }): ReactElement | null {
  const service = useSessionManagementService();
  const [isOpen, setIsOpen] = useState(() => isToBeAsked(session));
  const { id } = session;
  useEffect(() => {
    // Without the server nothing is recorded; it is asked for again with the answer.
    if (isOpen) service.setMyRecordingChoice({ id, is_left_out: true }).catch(() => undefined);
  }, [isOpen, service, id]);
  if (!isOpen) return null;
  const answer = (isLeftOut: boolean): void => {
    service.setMyRecordingChoice({ id, is_left_out: isLeftOut }).then(
      () => {
        writePreference(answered(id), 'yes');
        setIsOpen(false);
      },
      (error: unknown) => sayFault(toFault(error)),
    );
  };
  return (
    <div className="session-status session-notice">
      <Disc size={15} aria-hidden="true" />
      <output className="cm-grow">{words.text}</output>
      <Button variant="default" size="compact-sm" onClick={() => answer(false)}>
        {words.yes}
      </Button>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => answer(true)}>
        {words.no}
      </Button>
    </div>
  );
}

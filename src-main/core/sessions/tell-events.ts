import type { EventsServerFrame } from '../../../shared/api/events.ts';
import type { CoreLogger } from '../core-logger.ts';
import type { EventSource } from '../event-source.ts';
import type { KnownSessions, KnownSessionsOwner } from './known-sessions.ts';

/** What the server says goes to the windows, and what it says of sessions is kept for the time without it. */
export function createEventsTeller(
  known: Pick<KnownSessions, 'note' | 'leave'>,
  source: Pick<EventSource, 'emit'>,
  logger: CoreLogger,
): (owner: KnownSessionsOwner, frame: EventsServerFrame) => void {
  /** A full disk keeps nothing, and hinders nobody from hearing. */
  const keep = (write: () => unknown): void => {
    try {
      write();
    } catch (error) {
      logger.error({ err: error }, 'what the server told was not kept');
    }
  };
  return (owner, frame) => {
    switch (frame.type) {
      case 'auth':
        return;
      case 'session':
        keep(() => known.note(owner, [frame.session]));
        return source.emit('session.changed', { session: frame.session });
      case 'session_gone':
        keep(() => known.leave(owner, frame.session_id));
        return source.emit('session.gone', { session_id: frame.session_id });
      case 'participants':
        return source.emit('participants.changed', { session_id: frame.session_id, items: frame.items });
      case 'invitations':
        return source.emit('invitations.changed', {});
    }
  };
}

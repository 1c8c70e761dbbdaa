import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { statusAfter } from '../../../shared/session/lifecycle.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { request } from '../../app/request.ts';
import { en } from '../../text/en.ts';
import { sayDone, sayFault } from '../../ui/notices.tsx';
import { When } from '../../ui/when.tsx';
import { useSessionsInSight } from '../sessions/use-sessions.ts';

const words = en.admin.archive;

function SessionRow({ session }: { session: Session }): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const { id, name, status, ended_at } = session;
  const move = useMutation({
    mutationFn: (verb: 'archiveSession' | 'reopenSession') => request(bridge, verb, { id }),
    onSuccess: async (_after, verb) => {
      sayDone(verb === 'archiveSession' ? words.isPut(name) : words.restored(name));
      await client.invalidateQueries({ queryKey: ['sessions'] });
      await client.invalidateQueries({ queryKey: keys.admin });
    },
    onError: (error) => sayFault(toFault(error)),
  });
  return (
    <li className="admin-person">
      <div className="cm-grow">
        <p className="cm-ellipsis">
          <Link to={`/session/${id}`} className="admin-link">
            {name}
          </Link>
        </p>
        <p className="cm-small cm-muted">
          {en.sessions.statuses[status]}
          {ended_at !== null && (
            <>
              {' · '}
              {words.ended} <When at={ended_at} />
            </>
          )}
        </p>
      </div>
      <div className="admin-buttons">
        {statusAfter('archive', status) !== null && (
          <Button
            variant="subtle"
            size="xs"
            loading={move.isPending}
            aria-label={words.putNamed(name)}
            onClick={() => move.mutate('archiveSession')}
          >
            {words.put}
          </Button>
        )}
        <Button
          variant="default"
          size="xs"
          loading={move.isPending}
          aria-label={words.restoreNamed(name)}
          onClick={() => move.mutate('reopenSession')}
        >
          {words.restore}
        </Button>
      </div>
    </li>
  );
}

/** What has ended of what this person may move: into the archive, and whole out of it. */
export function ArchiveSection(): ReactElement {
  const bridge = useBridge();
  const stats = useQuery({ queryKey: [...keys.admin, 'stats'], queryFn: () => request(bridge, 'serverStats', {}) });
  const { sessions } = useSessionsInSight();
  // Only who may manage a session moves it, whoever hosts the server.
  const mine = (sessions ?? []).filter(
    ({ status, permissions }) => permissions.includes('manage_session') && statusAfter('reopen', status) !== null,
  );
  return (
    <div className="settings-stack">
      <p className="cm-muted">{words.lead}</p>
      <div className="card">
        {mine.length === 0 && <p className="admin-person cm-muted">{words.empty}</p>}
        <ul aria-label={words.list}>
          {mine.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      </div>
      {stats.data !== undefined && <p className="cm-small cm-muted">{words.all(stats.data.sessions_by_status.archived ?? 0)}</p>}
    </div>
  );
}

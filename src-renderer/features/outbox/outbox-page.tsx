import { Button } from '@mantine/core';
import { CheckCheck, CloudOff, Wifi } from 'lucide-react';
import { useId, type ReactElement } from 'react';
import { Link } from 'react-router';
import { useAppState } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { toFault } from '../../app/queries.ts';
import { OutboxRow } from './outbox-row.tsx';
import { useOutbox } from './use-outbox.ts';
import './outbox.css';

const words = en.outbox;

function ServerLine(): ReactElement | null {
  const state = useAppState().data;
  if (state === undefined) return null;
  const isReachable = state.server?.is_reachable === true;
  const Icon = isReachable ? Wifi : CloudOff;
  return (
    <output className="outbox-state cm-muted">
      <Icon size={16} aria-hidden="true" />
      {state.account === null ? words.signedOut : isReachable ? words.reachable : words.unreachable}
    </output>
  );
}

/** `/waiting`: what waits for the server, why, and for whom. */
export function OutboxPage(): ReactElement {
  const outbox = useOutbox();
  const [deedsId, unsentId] = [useId(), useId()];
  const { items = [], unsent = [], elsewhere_count: elsewhere = 0 } = outbox.data ?? {};
  return (
    <Page title={words.title} lead={words.lead}>
      <ServerLine />
      {outbox.isError && <FaultNotice fault={toFault(outbox.error)} onRetry={() => void outbox.refetch()} />}
      {outbox.isSuccess && items.length === 0 && unsent.length === 0 && (
        <EmptyState icon={<CheckCheck size={28} />} title={words.empty} {...(elsewhere === 0 && { body: words.emptyBody })} />
      )}
      {items.length > 0 && (
        <section className="outbox-section" aria-labelledby={deedsId}>
          <h2 className="card-title" id={deedsId}>
            {words.deeds}
          </h2>
          <ol className="card" aria-labelledby={deedsId}>
            {items.map((item) => (
              <OutboxRow key={item.id} item={item} />
            ))}
          </ol>
        </section>
      )}
      {unsent.length > 0 && (
        <section className="outbox-section" aria-labelledby={unsentId}>
          <h2 className="card-title" id={unsentId}>
            {words.unsent}
          </h2>
          <ul className="card" aria-labelledby={unsentId}>
            {unsent.map(({ session_id, session_name, change_count }) => (
              <li key={session_id} className="outbox-row">
                <span className="outbox-row-words">
                  <span className="outbox-what">{session_name === '' ? en.session.label : session_name}</span>
                  <span className="cm-muted cm-small"> · {words.unsentOf(change_count)}</span>
                </span>
                <Button
                  component={Link}
                  to={`/session/${session_id}`}
                  variant="subtle"
                  size="compact-sm"
                  aria-label={words.openNamed(session_name)}
                >
                  {words.open}
                </Button>
              </li>
            ))}
          </ul>
          <p className="cm-muted cm-small">{words.unsentHint}</p>
        </section>
      )}
      {elsewhere > 0 && <p className="outbox-section cm-muted">{words.elsewhere(elsewhere)}</p>}
    </Page>
  );
}

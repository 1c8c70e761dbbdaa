import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { OutboxItem } from '../../../shared/ipc/outbox.ts';
import { en } from '../../text/en.ts';
import { When } from '../../ui/when.tsx';
import { itemWords, refusalWords } from './outbox-words.ts';
import { useOutboxDeeds } from './use-outbox-deeds.ts';

const words = en.outbox;

function pathOf(item: OutboxItem): string | null {
  if (item.kind === 'session') return `/sessions/prepared/${item.id}`;
  return item.session_id === null ? null : `/session/${item.session_id}`;
}

/** One thing that waits: what it is, why it waits, and what can be done about it. */
export function OutboxRow({ item }: { item: OutboxItem }): ReactElement {
  const deeds = useOutboxDeeds();
  const what = itemWords(item);
  const path = pathOf(item);
  const isRefused = item.state === 'refused';
  return (
    <li className="outbox-row">
      <span className="outbox-row-words">
        <span className="outbox-what">{what}</span>
        <span className="cm-muted cm-small">
          {item.kind === 'request' && item.session_id !== null && ` ${words.inSession(item.session_name)}`} · {words.since}{' '}
          <When at={item.created_at} />
        </span>
        {item.is_sent && <p className="cm-muted cm-small">{words.isSent}</p>}
        {item.refusal !== null && <p className="outbox-refusal cm-small">{refusalWords(item.refusal)}</p>}
      </span>
      <span className={`status-mark status-mark-${isRefused ? 'refused' : 'paused'}`}>{words.states[item.state]}</span>
      <span className="outbox-tools">
        {path !== null && (
          <Button component={Link} to={path} variant="subtle" size="compact-sm" aria-label={words.openNamed(what)}>
            {words.open}
          </Button>
        )}
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={item.state === 'sending'}
          aria-label={isRefused ? words.againNamed(what) : words.nowNamed(what)}
          onClick={() => deeds.again(item)}
        >
          {isRefused ? words.again : words.now}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          disabled={item.state === 'sending'}
          aria-label={words.dropNamed(what)}
          onClick={() => deeds.drop(item)}
        >
          {words.drop}
        </Button>
      </span>
    </li>
  );
}

import { ActionIcon, Button, Menu, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Account } from '../../../shared/api/admin.ts';
import type { InputOf } from '../../../shared/api/operations.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { request } from '../../app/request.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { PersonBadge } from '../../ui/person-badge.tsx';
import { When } from '../../ui/when.tsx';
import { useAccountDeeds, type AccountDeeds } from './use-account-deeds.ts';

const words = en.admin.users;
type Kind = NonNullable<InputOf<'listUsers'>['kind']>;
const kinds = ['account', 'guest', 'administrator', 'disabled'] as const satisfies readonly Kind[];

function PersonMenu({ account, deeds, sendsMail }: { account: Account; deeds: AccountDeeds; sendsMail: boolean }): ReactElement {
  const { name, is_admin, is_disabled, is_guest } = account;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label={words.manage(name)}>
          <Ellipsis size={18} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => deeds.block(account, !is_disabled)}>{is_disabled ? words.unblock : words.block}</Menu.Item>
        {!is_guest && !is_disabled && (
          <>
            <Menu.Item disabled={!sendsMail} onClick={() => deeds.sendCode(account)}>
              {words.reset}
              {!sendsMail && <span className="cm-small cm-muted admin-why">{words.noMail}</span>}
            </Menu.Item>
            <Menu.Item onClick={() => deeds.appoint(account, !is_admin)}>{is_admin ? words.unmakeAdmin : words.makeAdmin}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

interface PersonRowProps {
  account: Account;
  isOwn: boolean;
  deeds: AccountDeeds;
  sendsMail: boolean;
}

function PersonRow({ account, isOwn, ...menu }: PersonRowProps): ReactElement {
  const { name, email, color, is_admin, is_guest, is_disabled, last_seen_at, session_count } = account;
  const marks = [...(is_admin ? [words.administrator] : []), ...(is_guest ? [words.guest] : []), ...(isOwn ? [words.you] : [])];
  return (
    <li className="admin-person">
      <PersonBadge name={name} color={color} size={32} isAway={is_disabled} />
      <div className="cm-grow">
        <p className="cm-ellipsis">
          <strong>{name}</strong> {marks.length > 0 && <span className="cm-small cm-muted">{marks.join(' · ')}</span>}{' '}
          {is_disabled && <span className="status-mark">{words.blocked}</span>}
        </p>
        <p className="cm-small cm-muted cm-ellipsis">
          {email !== null && `${email} · `}
          {words.sessions(session_count)}
          {' · '}
          {last_seen_at === null ? (
            words.never
          ) : (
            <>
              {words.seen} <When at={last_seen_at} />
            </>
          )}
        </p>
      </div>
      <PersonMenu account={account} {...menu} />
    </li>
  );
}

/** Everybody who has an account here or came as a guest. */
export function PeopleSection({ ownId, sendsMail }: { ownId: string; sendsMail: boolean }): ReactElement {
  const bridge = useBridge();
  const deeds = useAccountDeeds(ownId);
  const [typed, setTyped] = useState('');
  const [kind, setKind] = useState<Kind | undefined>(undefined);
  const [q] = useDebouncedValue(typed.trim(), 200);
  const answer = useInfiniteQuery({
    queryKey: [...keys.admin, 'users', q, kind],
    queryFn: ({ pageParam }) =>
      request(bridge, 'listUsers', {
        ...(q !== '' && { q }),
        ...(kind !== undefined && { kind }),
        ...(pageParam !== null && { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
  });
  const people = answer.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className="settings-stack">
      <div className="admin-search">
        <TextInput
          className="cm-grow"
          type="search"
          label={words.search}
          value={typed}
          maxLength={200}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.kind}
          value={kind ?? ''}
          onChange={(event) => setKind(kinds.find((each) => each === event.currentTarget.value))}
          data={[{ value: '', label: words.kinds.all }, ...kinds.map((value) => ({ value, label: words.kinds[value] }))]}
        />
      </div>
      {answer.isError && <FaultNotice fault={toFault(answer.error)} onRetry={() => void answer.refetch()} />}
      {answer.data !== undefined && (
        <div className="card">
          {people.length === 0 && <p className="admin-person cm-muted">{words.empty}</p>}
          <ul aria-label={words.list}>
            {people.map((account) => (
              <PersonRow key={account.id} account={account} isOwn={account.id === ownId} deeds={deeds} sendsMail={sendsMail} />
            ))}
          </ul>
          {answer.hasNextPage && (
            <p className="admin-more">
              <Button variant="subtle" size="xs" loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
                {words.more}
              </Button>
            </p>
          )}
        </div>
      )}
    </div>
  );
}

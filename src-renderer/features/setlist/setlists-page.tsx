import { Button, Skeleton } from '@mantine/core';
import { ListMusic, Plus, Trash2, UsersRound } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Setlist } from '../../../shared/ipc/setlists.ts';
import { toFault, useSetlists } from '../../app/queries.ts';
import { sayingFaults } from '../../app/saying-faults.ts';
import { useKeyCommands } from '../../app/use-key-commands.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { When } from '../../ui/when.tsx';
import { LibraryWays } from '../library/library-ways.tsx';
import './setlists-page.css';
import { useSetlistDeeds, type SetlistDeeds } from './use-setlist-deeds.ts';

function SetlistRow({ setlist, deeds }: { setlist: Setlist; deeds: SetlistDeeds }): ReactElement {
  const { id, name, song_ids, updated_at } = setlist;
  return (
    <li className="setlists-row">
      <Link to={`/setlist/${id}`} className="setlists-link">
        <span className="setlists-name cm-ellipsis">{name}</span>
        <span className="cm-muted">{en.setlists.songs(song_ids.length)}</span>
        <span className="cm-muted">
          <When at={updated_at} />
        </span>
      </Link>
      <button
        type="button"
        className="row-deed"
        aria-label={en.setlists.rehearse(name)}
        title={en.library.rehearse}
        onClick={() => deeds.rehearse(id)}
      >
        <UsersRound size={17} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="row-deed"
        aria-label={en.setlists.remove(name)}
        title={en.setlists.remove(name)}
        onClick={() => void deeds.remove(setlist)}
      >
        <Trash2 size={17} aria-hidden="true" />
      </button>
    </li>
  );
}

/** `/library/setlists`: the setlists of the library, the one that was changed last first. */
export function SetlistsPage(): ReactElement {
  const { data: setlists, ...query } = useSetlists();
  const deeds = useSetlistDeeds();
  const navigate = useNavigate();
  const create = (): void =>
    void sayingFaults(async () => {
      const { id } = await deeds.create([]);
      await navigate(`/setlist/${id}`);
    });
  useKeyCommands({ new: create });
  const isEmpty = setlists?.length === 0;
  const newButton = (
    <Button leftSection={<Plus size={16} aria-hidden="true" />} onClick={create}>
      {en.setlists.make}
    </Button>
  );
  return (
    <Page title={en.library.title} actions={!isEmpty && newButton}>
      <LibraryWays />
      {query.isError && <FaultNotice fault={toFault(query.error)} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={60} radius="sm" aria-hidden="true" />}
      {isEmpty && (
        <EmptyState icon={<ListMusic size={28} />} title={en.setlists.emptyTitle} body={en.setlists.emptyBody}>
          {newButton}
        </EmptyState>
      )}
      {setlists !== undefined && !isEmpty && (
        <ul className="card setlists-rows" aria-label={en.setlists.list}>
          {setlists.map((setlist) => (
            <SetlistRow key={setlist.id} setlist={setlist} deeds={deeds} />
          ))}
        </ul>
      )}
    </Page>
  );
}

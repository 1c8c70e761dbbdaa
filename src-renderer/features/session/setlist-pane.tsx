import { memo, type ReactElement } from 'react';
import type { LiveSession, SetlistItem } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { sayUndoable } from '../../ui/notices.tsx';
import { printSongs } from '../chart/out/print-sheet.tsx';
import { viewSettingsOf } from '../chart/view-settings.ts';
import { AddSong } from '../setlist/add-song.tsx';
import { SetlistView } from '../setlist/setlist-view.tsx';
import { useAddSongs } from './use-add-songs.ts';

interface SetlistPaneProps {
  live: LiveSession;
  items: readonly SetlistItem[];
  current: SetlistItem | null;
  canEdit: boolean;
  onChoose: (songId: string) => void;
}

/** The songs of the session in their order; what is taken off comes back with the undo. */
export const SetlistPane = memo(function SetlistPane({ live, items, current, canEdit, onChoose }: SetlistPaneProps): ReactElement {
  const adding = useAddSongs(live, onChoose);
  const remove = (item: SetlistItem): void => {
    live.removeItem(item.item_id);
    sayUndoable(en.setlist.removed(item.title === '' ? en.library.untitled : item.title), () => live.restoreItem(item));
  };
  const print = (): void => {
    const songs = items.map(({ song_id: id }) => ({ source: live.songText(id).toJSON(), settings: viewSettingsOf(id) }));
    void printSongs(songs);
  };
  return (
    <SetlistView
      items={items}
      current={current}
      canEdit={canEdit}
      empty={canEdit ? en.session.emptySetlist : en.session.emptySetlistReader}
      add={canEdit && <AddSong {...adding} />}
      onChoose={onChoose}
      onMove={(itemId, after) => live.moveItem(itemId, after)}
      onRemove={remove}
      onPrint={print}
    />
  );
});

import { useCallback, type ReactElement } from 'react';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { SourceMark } from '../chart/editor/comment-marks.ts';
import { AddSong } from '../setlist/add-song.tsx';
import { ChartPane } from './chart-pane.tsx';
import type { PanesProps } from './panes.ts';
import { mayWrite, whyReadOnly } from './session-rights.ts';
import { SetlistPane } from './setlist-pane.tsx';
import { SourcePane } from './source-pane.tsx';
import { useAddSongs } from './use-add-songs.ts';

export function Setlist({ live, snapshot, current, onChoose }: PanesProps): ReactElement {
  return <SetlistPane live={live} items={snapshot.setlist} current={current} canEdit={mayWrite('edit', snapshot)} onChoose={onChoose} />;
}

/** What is commented on in the song in front, and not settled. */
function useMarks({ live, current, threads, gone, commenting }: PanesProps): () => readonly SourceMark[] {
  const { chosen, draft } = commenting;
  const songId = current?.song_id ?? null;
  return useCallback(() => {
    if (songId === null) return [];
    const shown = threads.filter((thread) => !gone.has(thread.id) && !thread.is_resolved);
    const marks = shown.flatMap(({ id, anchor, first }) =>
      anchor === null ? [] : { id, anchor, color: first?.color ?? '', isChosen: id === chosen },
    );
    if (draft?.song_id === songId) marks.push({ id: '', anchor: draft, color: '', isChosen: true });
    const places = live.placesOf(
      songId,
      marks.map(({ anchor }) => anchor),
    );
    return marks.flatMap(({ id, color, isChosen }, at) => {
      const place = places[at] ?? null;
      return place === null ? [] : [{ id, color, isChosen, ...place }];
    });
  }, [live, songId, threads, gone, chosen, draft]);
}

export function Source(props: PanesProps): ReactElement | null {
  const { live, snapshot, session, current, editor, transposing, commenting } = props;
  const marks = useMarks(props);
  if (current === null) return null;
  const isReadOnly = !mayWrite('edit', snapshot);
  return (
    <SourcePane
      live={live}
      songId={current.song_id}
      documentVersion={snapshot.documentVersion}
      isReadOnly={isReadOnly}
      whyReadOnly={whyReadOnly(snapshot, session)}
      editor={editor}
      transposing={transposing}
      commenting={commenting}
      marks={marks}
    />
  );
}

export function Chart({ live, snapshot, current, mode, editor, commenting, onChoose }: PanesProps): ReactElement {
  const adding = useAddSongs(live, onChoose);
  if (current !== null) {
    const { song_id: songId } = current;
    const source = mode === 'write' ? editor : null;
    return <ChartPane live={live} songId={songId} documentVersion={snapshot.documentVersion} editor={source} commenting={commenting} />;
  }
  const canEdit = mayWrite('edit', snapshot);
  return (
    <section className="pane pane-chart" aria-label={en.session.chart}>
      <EmptyState title={canEdit ? en.session.emptySetlist : en.session.emptySetlistReader}>
        {canEdit && <AddSong {...adding} />}
      </EmptyState>
    </section>
  );
}

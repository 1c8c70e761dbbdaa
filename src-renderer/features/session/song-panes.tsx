import type { ReactElement } from 'react';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { AddSong } from './add-song.tsx';
import { ChartPane } from './chart-pane.tsx';
import type { PanesProps } from './panes.ts';
import { mayWrite, whyReadOnly } from './session-rights.ts';
import { SetlistPane } from './setlist-pane.tsx';
import { SourcePane } from './source-pane.tsx';

export function Setlist({ live, snapshot, current, onChoose }: PanesProps): ReactElement {
  return <SetlistPane live={live} items={snapshot.setlist} current={current} canEdit={mayWrite('edit', snapshot)} onChoose={onChoose} />;
}

export function Source({ live, snapshot, session, current, editor, transposing }: PanesProps): ReactElement | null {
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
    />
  );
}

export function Chart({ live, snapshot, current, mode, editor, onChoose }: PanesProps): ReactElement {
  if (current !== null) {
    const { song_id: songId } = current;
    const source = mode === 'write' ? editor : null;
    return <ChartPane live={live} songId={songId} documentVersion={snapshot.documentVersion} editor={source} />;
  }
  const canEdit = mayWrite('edit', snapshot);
  return (
    <section className="pane pane-chart" aria-label={en.session.chart}>
      <EmptyState title={canEdit ? en.session.emptySetlist : en.session.emptySetlistReader}>
        {canEdit && (
          <AddSong
            onAdd={async (chordpro) => {
              onChoose(await live.addSong(chordpro));
            }}
          />
        )}
      </EmptyState>
    </section>
  );
}

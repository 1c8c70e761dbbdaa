import { ActionIcon, Tooltip } from '@mantine/core';
import { Lock, MessageSquarePlus } from 'lucide-react';
import { memo, useMemo, type ReactElement, type RefObject } from 'react';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import type { SourceMark } from '../chart/editor/comment-marks.ts';
import type { SourceEditorHandle } from '../chart/editor/source-editor-handle.ts';
import { SongSourceEditor } from '../chart/song-source-editor.tsx';
import { SourceMenu } from '../chart/source-menu.tsx';
import type { Commenting } from './use-commenting.ts';
import { usePendingPlaces } from './use-pending-places.ts';
import type { Transposing } from './use-transposing.ts';

interface SourcePaneProps {
  live: LiveSession;
  songId: string;
  documentVersion: number;
  /** Null when this person may write. */
  whyReadOnly: string | null;
  isReadOnly: boolean;
  editor: RefObject<SourceEditorHandle | null>;
  transposing: Transposing;
  commenting: Commenting;
  marks: () => readonly SourceMark[];
}

/** What everyone writes in. */
export const SourcePane = memo(function SourcePane(props: SourcePaneProps): ReactElement {
  const { live, songId, documentVersion, whyReadOnly, isReadOnly, editor, transposing, commenting, marks } = props;
  // A replaced document has another text behind the same song.
  // oxlint-disable-next-line react/exhaustive-deps
  const text = useMemo(() => live.songText(songId), [live, songId, documentVersion]);
  const pending = usePendingPlaces(live, songId);
  return (
    <section className="pane" aria-label={en.session.source}>
      <header className="pane-head">
        <h2 className="cm-grow">{en.session.source}</h2>
        <Tooltip label={`${en.comments.add} (Ctrl/Cmd Alt M)`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={en.comments.add}
            onClick={() => commenting.begin(songId, editor.current?.commentPlace() ?? null)}
          >
            <MessageSquarePlus size={18} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
        {!isReadOnly && <SourceMenu editor={editor} onTranspose={transposing.transpose} />}
      </header>
      {whyReadOnly !== null && (
        <p className="read-only cm-small">
          <Lock size={13} aria-hidden="true" /> {whyReadOnly}
        </p>
      )}
      <div className="pane-body">
        <SongSourceEditor
          ref={editor}
          text={text}
          awareness={live.awareness}
          isReadOnly={isReadOnly}
          documentVersion={documentVersion}
          onTransposed={transposing.tellTransposed}
          marks={marks}
          pending={pending}
          onComment={(place) => commenting.begin(songId, place)}
          onMark={commenting.choose}
        />
      </div>
    </section>
  );
});

import { Lock } from 'lucide-react';
import { memo, useMemo, type ReactElement } from 'react';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { SongSourceEditor } from '../chart/song-source-editor.tsx';

interface SourcePaneProps {
  live: LiveSession;
  songId: string;
  documentVersion: number;
  /** Null when this person may write. */
  whyReadOnly: string | null;
  isReadOnly: boolean;
}

/** What everyone writes in. */
export const SourcePane = memo(function SourcePane(props: SourcePaneProps): ReactElement {
  const { live, songId, documentVersion, whyReadOnly, isReadOnly } = props;
  // A replaced document has another text behind the same song.
  // oxlint-disable-next-line react/exhaustive-deps
  const text = useMemo(() => live.songText(songId), [live, songId, documentVersion]);
  return (
    <section className="pane" aria-label={en.session.source}>
      <header className="pane-head">
        <h2 className="cm-grow">{en.session.source}</h2>
      </header>
      {whyReadOnly !== null && (
        <p className="read-only cm-small">
          <Lock size={13} aria-hidden="true" /> {whyReadOnly}
        </p>
      )}
      <div className="pane-body">
        <SongSourceEditor text={text} awareness={live.awareness} isReadOnly={isReadOnly} documentVersion={documentVersion} />
      </div>
    </section>
  );
});

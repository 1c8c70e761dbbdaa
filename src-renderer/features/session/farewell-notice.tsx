import { Button } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState, type ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { toFault } from '../../app/queries.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { sayDone, sayFault } from '../../ui/notices.tsx';
import type { SessionView } from './session-view.ts';

const words = en.farewell;

interface FarewellNoticeProps {
  live: LiveSession;
  snapshot: SessionView;
  /** What has become of the session. */
  words: string;
}

/** The session was deleted, or one no longer takes part: what this computer has of it can be copied, then put away. R-MEM-4. */
export function FarewellNotice({ live, snapshot, words: what }: FarewellNoticeProps): ReactElement {
  const bridge = useBridge();
  const navigate = useNavigate();
  const [isBusy, setBusy] = useState(false);
  const songs = snapshot.setlist.filter(({ song_id }) => live.songText(song_id).length > 0);

  const copy = async (): Promise<void> => {
    setBusy(true);
    try {
      for (const { song_id } of songs) await ask(bridge, 'library.create', { chordpro: live.songText(song_id).toJSON() });
      sayDone(words.copied(songs.length));
    } catch (error) {
      sayFault(toFault(error));
    }
    setBusy(false);
  };
  const drop = async (): Promise<void> => {
    try {
      live.drafts.keepAll();
      await live.close();
      await navigate('/sessions');
      await ask(bridge, 'sessions.forget', { session_id: live.sessionId });
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  const askDrop = (): void => {
    modals.openConfirmModal({
      title: words.drop,
      children: <p>{words.dropConfirm}</p>,
      labels: { confirm: words.drop, cancel: en.app.cancel },
      closeButtonProps: { 'aria-label': en.app.close },
      onConfirm: () => void drop(),
    });
  };
  return (
    <div className="session-status session-notice">
      <output className="cm-grow">{what}</output>
      {songs.length > 0 && (
        <Button variant="default" size="compact-sm" loading={isBusy} onClick={() => void copy()}>
          {words.copy(songs.length)}
        </Button>
      )}
      <Button variant="subtle" color="gray" size="compact-sm" onClick={askDrop}>
        {words.drop}
      </Button>
    </div>
  );
}

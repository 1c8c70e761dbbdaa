import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import type { Session } from '../../../shared/session/schemas.ts';
import { readPreference, writePreference } from '../../app/preferences.ts';
import { keys } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { sayDone } from '../../ui/notices.tsx';
import { useKeyCommands } from '../../app/use-key-commands.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { useGoneComments } from './gone-comments.ts';
import { RecordingMark } from '../recordings/recording-mark.tsx';
import { RecordingNotice } from '../recordings/recording-notice.tsx';
import { isServerReachable } from './connection-words.ts';
import { DraftNotice } from '../drafts/draft-notice.tsx';
import { FarewellNotice } from './farewell-notice.tsx';
import { NarrowPanes } from './narrow-panes.tsx';
import { numberedMark } from './numbered-mark.ts';
import type { PaneName, SideTab } from './panes.ts';
import { SessionHeader } from './session-header.tsx';
import { mayWrite, statusBar, whyNoComment, whyReadOnly } from './session-rights.ts';
import { currentItem } from '../setlist/setlist-order.ts';
import { Stage } from './stage.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { useCommenting } from './use-commenting.ts';
import { useSessionView } from './use-live-session.ts';
import type { SourceEditorHandle } from '../chart/editor/source-editor-handle.ts';
import { useRoleNotice } from './use-role-notice.ts';
import { useTransposing } from './use-transposing.ts';
import { isViewMode, type ViewMode } from './view-mode.ts';
import { WidePanes } from './wide-panes.tsx';

/** What is remembered of how one sees a rehearsal; Stage is left when the page is. */
function rememberedMode(): ViewMode {
  const mode = readPreference('session-mode');
  return isViewMode(mode) && mode !== 'stage' ? mode : 'write';
}

/** An open session. */
export function Rehearsal({ live, session }: { live: LiveSession; session: Session | null }): ReactElement {
  const snapshot = useSessionView(live);
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const [mode, setMode] = useState<ViewMode>(rememberedMode);
  const [isSideOpen, setSideOpen] = useState(() => readPreference('session-side') !== 'folded');
  const isNarrow = useMediaQuery('(max-width: 899px)', false, { getInitialValueInEffect: false });
  const isWide = useMediaQuery('(min-width: 1280px)', true, { getInitialValueInEffect: false });
  const [pinned, pin] = useState<string | null>(null);
  const current = currentItem(snapshot.setlist, search.get('song') ?? pinned);
  const songId = current?.song_id ?? null;
  // Whoever reads a song keeps it in front when others put another one above it.
  if (pinned !== songId) pin(songId);

  useEffect(() => {
    live.showSong(songId);
  }, [live, songId]);
  // Role and state are told by the live session first; the rest of the session is asked for again then.
  useEffect(() => {
    void client.invalidateQueries({ queryKey: keys.session(live.sessionId) });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [client, live.sessionId, snapshot.role, snapshot.status]);

  const changeMode = (next: ViewMode): void => {
    setMode(next);
    if (next !== 'stage') writePreference('session-mode', next);
  };
  const foldSide = (isOpen: boolean): void => {
    setSideOpen(isOpen);
    writePreference('session-side', isOpen ? 'open' : 'folded');
  };
  const choose = useCallback((id: string): void => setSearch({ song: id }, { replace: true }), [setSearch]);
  const editor = useRef<SourceEditorHandle>(null);
  const transposing = useTransposing(live, songId, editor, whyReadOnly(snapshot, session));
  const [sideTab, setSideTab] = useState<SideTab>('chat');
  const [pane, setPane] = useState<PaneName>('chart');
  const threads = useMemo(() => snapshot.comments.filter(({ anchor }) => anchor?.song_id === songId), [snapshot.comments, songId]);
  const gone = useGoneComments(live, songId ?? '', threads, snapshot.documentVersion);
  const bringComments = useCallback((): void => {
    setSideTab('comments');
    setPane('comments');
    setSideOpen(true);
    writePreference('session-side', 'open');
  }, []);
  const bringSource = useCallback((): void => setPane('source'), []);
  const commenting = useCommenting({
    live,
    editor,
    whyNot: whyNoComment(snapshot, session),
    onChooseSong: choose,
    onBegin: bringComments,
    onShow: bringSource,
  });
  useRoleNotice(snapshot.role, session);
  const markTake = (): void => {
    if (!mayWrite('record', snapshot)) return;
    const name = numberedMark('take', snapshot.marks);
    live.addMark('take', name, songId);
    sayDone(en.marks.set(name));
  };
  useKeyCommands({
    'transpose-up': () => transposing.transpose(1),
    'transpose-down': () => transposing.transpose(-1),
    'write-read': () => changeMode(mode === 'write' ? 'read' : 'write'),
    mark: markTake,
    stage: () => changeMode(mode === 'stage' ? rememberedMode() : 'stage'),
  });

  const bar = statusBar(snapshot);
  const isOver = snapshot.phase === 'ready' && (snapshot.status === 'deleted' || snapshot.role === null);
  const panes = {
    live,
    snapshot,
    session,
    current,
    mode,
    editor,
    transposing,
    commenting,
    threads,
    gone,
    sideTab,
    onSideTab: setSideTab,
    pane,
    onPane: setPane,
    onChoose: choose,
  };
  return (
    <div className="session-page">
      <SessionHeader
        session={session}
        snapshot={snapshot}
        mode={mode}
        onMode={changeMode}
        isSideOpen={isNarrow ? null : isSideOpen}
        onSide={foldSide}
      />
      {!snapshot.isStoring && (
        <p className="session-status session-alarm" role="alert">
          {en.session.notStoring}
        </p>
      )}
      {bar !== null &&
        (isOver ? <FarewellNotice live={live} snapshot={snapshot} words={bar} /> : <output className="session-status">{bar}</output>)}
      <TroubleNotice troubles={snapshot.troubles} />
      {session !== null && <RecordingNotice key={session.id} session={session} />}
      <DraftNotice sessionId={live.sessionId} snapshot={snapshot} session={session} />
      <main className="session-main" id="content">
        {isNarrow ? <NarrowPanes {...panes} /> : <WidePanes {...panes} isSideOpen={isSideOpen} isWide={isWide} />}
      </main>
      {mode === 'stage' && session?.is_recording === true && isServerReachable(snapshot.connection) && <RecordingMark isOnStage />}
      {mode === 'stage' && current !== null && (
        <Stage
          live={live}
          items={snapshot.setlist}
          current={current}
          documentVersion={snapshot.documentVersion}
          onChoose={choose}
          onLeave={() => changeMode(rememberedMode())}
        />
      )}
    </div>
  );
}

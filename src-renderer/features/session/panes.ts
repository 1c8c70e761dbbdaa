import type { RefObject } from 'react';
import type { Session } from '../../../shared/session/schemas.ts';
import type { CommentThread, LiveSession, SetlistItem } from '../../session/live-session.ts';
import type { SourceEditorHandle } from '../chart/editor/source-editor-handle.ts';
import type { SessionView } from './session-view.ts';
import type { Commenting } from './use-commenting.ts';
import type { Transposing } from './use-transposing.ts';
import type { ViewMode } from './view-mode.ts';

/** What the side panel shows besides the people, or instead of them. */
export type SideTab = 'people' | 'chat' | 'comments' | 'marks';

export const paneNames = ['setlist', 'source', 'chart', 'people', 'chat', 'comments', 'marks'] as const;
export type PaneName = (typeof paneNames)[number];

/** What every arrangement of the panes is given. */
export interface PanesProps {
  live: LiveSession;
  snapshot: SessionView;
  session: Session | null;
  current: SetlistItem | null;
  mode: ViewMode;
  /** The source that is open, if one is. */
  editor: RefObject<SourceEditorHandle | null>;
  transposing: Transposing;
  commenting: Commenting;
  /** On the song in front. */
  threads: readonly CommentThread[];
  /** Those of them whose words are not in the song. */
  gone: ReadonlySet<string>;
  sideTab: SideTab;
  onSideTab: (tab: SideTab) => void;
  /** The one that is shown where there is room for one. */
  pane: PaneName;
  onPane: (pane: PaneName) => void;
  onChoose: (songId: string) => void;
}

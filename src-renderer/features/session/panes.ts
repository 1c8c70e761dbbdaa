import type { RefObject } from 'react';
import type { Session } from '../../../shared/session/schemas.ts';
import type { LiveSession, SetlistItem } from '../../session/live-session.ts';
import type { SourceEditorHandle } from '../chart/editor/source-editor-handle.ts';
import type { SessionView } from './session-view.ts';
import type { Transposing } from './use-transposing.ts';
import type { ViewMode } from './view-mode.ts';

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
  onChoose: (songId: string) => void;
}

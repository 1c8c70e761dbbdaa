import type { Session } from '../../../shared/session/schemas.ts';
import type { LiveSession, SetlistItem } from '../../session/live-session.ts';
import type { SessionView } from './session-view.ts';
import type { ViewMode } from './view-mode.ts';

/** What every arrangement of the panes is given. */
export interface PanesProps {
  live: LiveSession;
  snapshot: SessionView;
  session: Session | null;
  current: SetlistItem | null;
  mode: ViewMode;
  onChoose: (songId: string) => void;
}

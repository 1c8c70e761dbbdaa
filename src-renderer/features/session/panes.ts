import type { Session } from '../../../shared/session/schemas.ts';
import type { LiveSession, LiveSnapshot, SetlistItem } from '../../session/live-session.ts';
import type { ViewMode } from './view-mode.ts';

/** What every arrangement of the panes is given. */
export interface PanesProps {
  live: LiveSession;
  snapshot: LiveSnapshot;
  session: Session | null;
  current: SetlistItem | null;
  mode: ViewMode;
  onChoose: (songId: string) => void;
}

import { Archive, CirclePlay, CircleStop, Pause, RotateCcw, type LucideIcon } from 'lucide-react';
import type { LifecycleMove } from '../../../shared/session/lifecycle.ts';

export const moveIcons: Record<LifecycleMove, LucideIcon> = {
  start: CirclePlay,
  pause: Pause,
  resume: CirclePlay,
  end: CircleStop,
  reopen: RotateCcw,
  archive: Archive,
};

import { useEffect } from 'react';
import { notify } from '../../app/notify.ts';
import type { LiveSession, LiveSnapshot } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { freshMessages } from './fresh-messages.ts';

/** Tells of messages while the window is behind others. */
export function useMessageNotices(live: LiveSession, sessionName: string): void {
  useEffect(() => {
    let before: LiveSnapshot | null = null;
    const look = (): void => {
      const now = live.snapshot();
      const last = freshMessages(before, now).at(-1);
      before = now;
      if (last !== undefined) {
        notify({ title: en.settings.desktop.message(last.name, sessionName), body: last.text.slice(0, 200), subject: live.sessionId });
      }
    };
    look();
    return live.subscribe(look);
  }, [live, sessionName]);
}

import { ActionIcon, Popover } from '@mantine/core';
import { CirclePlay, CircleStop, Ellipsis, Pause, RotateCcw, type LucideIcon } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Session } from '../../../shared/session/schemas.ts';
import type { SessionView } from './session-view.ts';
import { en } from '../../text/en.ts';
import { lifecycleActions, useSessionActions, type LifecycleAction } from './use-session-actions.tsx';

const icons: Record<LifecycleAction, LucideIcon> = {
  start: CirclePlay,
  pause: Pause,
  resume: CirclePlay,
  end: CircleStop,
  reopen: RotateCcw,
};

/** What one may do with the session as a whole; what one may not is absent. */
export function SessionMenu({ session, snapshot }: { session: Session; snapshot: SessionView | null }): ReactElement | null {
  const [isOpen, setOpen] = useState(false);
  const actions = useSessionActions(session);
  const permissions = snapshot?.permissions ?? session.permissions;
  const moves = permissions.includes('manage_session') ? lifecycleActions(snapshot?.status ?? session.status) : [];
  const after = (run: () => void) => (): void => {
    setOpen(false);
    run();
  };
  if (moves.length === 0) return null;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={220} trapFocus shadow="md">
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={en.session.menu} onClick={() => setOpen(!isOpen)}>
          <Ellipsis size={20} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={en.session.menu} className="session-menu">
        {moves.map((action) => {
          const Icon = icons[action];
          return (
            <button key={action} type="button" className="plain-entry" onClick={after(() => actions.run(action))}>
              <Icon size={16} aria-hidden="true" /> {en.session[action]}
            </button>
          );
        })}
      </Popover.Dropdown>
    </Popover>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { AppState } from '../../shared/ipc/contract.ts';
import { en } from '../text/en.ts';
import { sayDone } from '../ui/notices.tsx';
import { useBridge } from './parts.tsx';
import { keys } from './queries.ts';
import { dropSession, takeInParticipants, takeInSession } from './session-events.ts';

/** Core's events make what they speak of fresh again. */
export function useCoreEvents(): void {
  const bridge = useBridge();
  const client = useQueryClient();
  useEffect(() => {
    const undo = [
      bridge.on('app.state_changed', (state) => {
        const before = client.getQueryData<AppState>(keys.appState);
        client.setQueryData(keys.appState, state);
        void client.invalidateQueries({ queryKey: keys.outbox });
        const isSamePlace = before?.account?.id === state.account?.id && before?.server?.url === state.server?.url;
        if (!isSamePlace || before?.server?.is_reachable !== state.server?.is_reachable) {
          void client.invalidateQueries({ queryKey: ['sessions'] });
          void client.invalidateQueries({ queryKey: keys.invitations });
        }
      }),
      bridge.on('app.options_changed', (options) => client.setQueryData(keys.appOptions, options)),
      bridge.on('updates.changed', (state) => {
        client.setQueryData(keys.updates, state);
        if (state.progress.kind === 'found') sayDone(en.settings.updates.foundNotice(state.progress.version));
      }),
      bridge.on('library.changed', () => void client.invalidateQueries({ queryKey: keys.library })),
      bridge.on('sessions.changed', () => void client.invalidateQueries({ queryKey: ['sessions'] })),
      bridge.on('session.changed', ({ session }) => takeInSession(client, session)),
      bridge.on('session.gone', ({ session_id }) => dropSession(client, session_id)),
      bridge.on('participants.changed', ({ session_id, items }) => takeInParticipants(client, session_id, items)),
      bridge.on('outbox.changed', () => void client.invalidateQueries({ queryKey: keys.outbox })),
      bridge.on('invitations.changed', () => void client.invalidateQueries({ queryKey: keys.invitations })),
      bridge.on('changes.missed', () => {
        void client.invalidateQueries({ queryKey: ['sessions'] });
        void client.invalidateQueries({ queryKey: keys.invitations });
      }),
    ];
    return () => {
      for (const end of undo) end();
    };
  }, [bridge, client]);
}

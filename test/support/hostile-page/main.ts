import type { AppState, Bridge, CallName, Reply } from '../../../shared/ipc/contract.ts';
import type { LiveSession } from '../../../src-renderer/session/live-session.ts';
import { openLiveSession } from '../../../src-renderer/session/open-live-session.ts';

export interface HostilePlace {
  state: AppState;
  sessionId: string;
  token: string;
}

declare global {
  interface Window {
    /** For the test that drives this page. */
    hostile: {
      open(place: HostilePlace): Promise<void>;
      /** Whether it is linked to the authority, and to how many others. */
      links(): { isServerReachable: boolean; others: number };
      songs(): string[];
      text(songId: string): string;
      /** All that an editor can do, whatever the role. */
      deface(songId: string): Promise<void>;
      close(): Promise<void>;
    };
    /** Any REST call in the person's name, made outside the page. */
    askServer(operation: string, input: unknown): Promise<unknown>;
  }
}

/** Keeps nothing, and hands out the token it was given. */
function bridgeOf({ state, token }: HostilePlace): Bridge {
  const answers: Partial<Record<CallName, (args: unknown) => unknown>> = {
    'app.state': () => state,
    'relay.state': () => ({ url: null, hosted_url: null }),
    'account.socket_token': () => ({ access_token: token, expires_at: new Date(Date.now() + 600_000).toISOString() }),
    'authority.request': (args) => {
      const { operation, input } = args as { operation: string; input: unknown };
      return window.askServer(operation, input);
    },
    'ledger.read_statement': () => ({ statement: null }),
    'ledger.read_checkpoint': () => ({ checkpoint: null }),
    'drafts.dismissed': () => ({ marks: [] }),
    'drafts.kept': () => [],
    'drafts.kept_words': () => [],
    'ledger.read_entries': () => ({ entries: [], next: null }),
    'ledger.read_records': () => ({ records: [], heads: [], next: null }),
  };
  return {
    invoke: async <N extends CallName>(name: N, args: unknown) => ({ ok: true, result: (await answers[name]?.(args)) ?? null }) as Reply<N>,
    on: () => () => undefined,
  };
}

let session: LiveSession | null = null;
function live(): LiveSession {
  if (session === null) throw new Error('no session is open');
  return session;
}

window.hostile = {
  open: async (place) => {
    session = await openLiveSession({ bridge: bridgeOf(place), sessionId: place.sessionId });
  },
  links: () => {
    const { connection } = live().snapshot();
    return {
      isServerReachable:
        connection.kind === 'through-server' || connection.kind === 'alone' || (connection.kind === 'live' && connection.isServerReachable),
      others: connection.kind === 'live' ? connection.others : 0,
    };
  },
  songs: () =>
    live()
      .snapshot()
      .setlist.map((item) => item.song_id),
  text: (songId) => live().songText(songId).toJSON(),
  deface: async (songId) => {
    const text = live().songText(songId);
    text.insert(0, 'GRAFFITI ');
    text.delete(12, 20);
    for (const item of live().snapshot().setlist) live().removeItem(item.item_id);
    live().sendMessage('GRAFFITI');
    await live().addSong('{title: GRAFFITI}\nGRAFFITI');
  },
  close: () => live().close(),
};

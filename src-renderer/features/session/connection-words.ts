import type { ConnectionState } from '../../session/live-session.ts';

function others(n: number): string {
  return `${String(n)} ${n === 1 ? 'other' : 'others'}`;
}

/** The connection in exactly the words of interface.md. */
export function connectionWords(state: ConnectionState): string {
  switch (state.kind) {
    case 'live':
      return `Live with ${others(state.others)}${state.isServerReachable ? '' : ', server not reachable'}`;
    case 'through-server':
      return 'Connected through the server';
    case 'alone':
      return 'Only you are here';
    case 'catching-up':
      return `Catching up… ${String(Math.floor(state.percent))} %`;
    case 'offline':
      if (state.unsent === 0) return 'Offline, all saved here';
      return `Offline, ${String(state.unsent)} ${state.unsent === 1 ? 'change' : 'changes'} not sent yet`;
  }
}

/** The colour of the dot beside the words, which never says more than they do. */
export function connectionTone(state: ConnectionState): 'good' | 'quiet' | 'warn' {
  if (state.kind === 'offline') return 'warn';
  if (state.kind === 'live') return state.isServerReachable ? 'good' : 'warn';
  return state.kind === 'through-server' ? 'good' : 'quiet';
}

/** Whether the session's server hears this app. */
export function isServerReachable(state: ConnectionState): boolean {
  return state.kind === 'live' ? state.isServerReachable : state.kind !== 'offline';
}

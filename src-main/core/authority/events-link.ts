import { WebSocket, type RawData } from 'ws';
import { eventsPath, eventsServerFrame, type EventsServerFrame } from '../../../shared/api/events.ts';
import type { Timers } from '../../../shared/base/clock.ts';
import { faults } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';

export interface EventsLinkParts {
  /** Of the server, `http…`. */
  url: string;
  timers: Timers;
  /** A token for the socket, another than the one it was refused for. Rejects while none is to be had. */
  token: (refused: string | null) => Promise<string>;
  told: (frame: EventsServerFrame) => void;
  /** The server does not know what passed since the last word: all that it told before may be out of date. */
  missed: () => void;
  /** The connection ended: the server may be gone. */
  lost: () => void;
}

export interface EventsLink {
  /** The server is there again: no waiting for the next turn. */
  retryNow(): void;
  close(): void;
}

const firstRetryMs = 500;
const lastRetryMs = 30_000;
/** The socket ends with its token; a newer one is to be had a minute before. */
const renewEveryMs = 20_000;
/** The server asks once in `eventsPingEveryMs`: two such times without a word, and nobody is there. */
const silentTurns = 2;

function readFrame(raw: RawData, isBinary: boolean): EventsServerFrame | null {
  if (isBinary || !Buffer.isBuffer(raw)) return null;
  try {
    return eventsServerFrame.parse(JSON.parse(raw.toString('utf8')));
  } catch {
    return null;
  }
}

/** Hears what the server says to one person, for as long as it is not closed: connects again and goes on where it was. */
export function openEventsLink({ url, timers, token, told, missed, lost }: EventsLinkParts): EventsLink {
  const address = url.replace(/^http/, 'ws') + eventsPath;
  let socket: WebSocket | null = null;
  let isOver = false;
  let isOpening = false;
  let retryMs = firstRetryMs;
  let cancelRetry: (() => void) | null = null;
  let refused: string | null = null;
  let place: string | null = null;

  const retryLater = (): void => {
    if (isOver) return;
    cancelRetry?.();
    cancelRetry = timers.after(retryMs, () => void open());
    retryMs = Math.min(retryMs * 2, lastRetryMs);
  };
  const open = async (): Promise<void> => {
    if (isOver || isOpening || socket !== null) return;
    isOpening = true;
    cancelRetry?.();
    try {
      const first = await token(refused);
      if (!isOver) serve(first);
    } catch {
      // Nobody there, or signed out: whoever knows closes this.
      retryLater();
    } finally {
      isOpening = false;
    }
  };
  /** The life of one socket. */
  const serve = (first: string): void => {
    const mine = new WebSocket(address, { maxPayload: limits.eventFrameBytes, perMessageDeflate: false, handshakeTimeout: 10_000 });
    socket = mine;
    let spoken = first;
    let isGreeted = false;
    let silent = 0;
    const say = (text: string, since: string | null): void => {
      spoken = text;
      mine.send(JSON.stringify({ type: 'auth', token: text, ...(since !== null && { since }) }));
    };
    const renew = async (): Promise<void> => {
      const next = await token(null);
      if (next !== spoken && mine.readyState === WebSocket.OPEN && isGreeted) say(next, null);
    };
    const stops = [
      // While there is none to be had the socket lives on with the last.
      timers.every(renewEveryMs, () => void renew().catch(() => undefined)),
      timers.every(limits.eventsPingEveryMs, () => {
        silent += 1;
        if (silent > silentTurns) mine.terminate();
      }),
    ];
    mine.on('open', () => say(first, place));
    mine.on('ping', () => {
      silent = 0;
    });
    mine.on('message', (raw: RawData, isBinary: boolean) => {
      if (isOver) return;
      silent = 0;
      const frame = readFrame(raw, isBinary);
      // The first word is the greeting, and there is one greeting; whoever speaks otherwise is asked again seldom.
      if (frame === null || (frame.type === 'auth') === isGreeted) {
        retryMs = lastRetryMs;
        return mine.close(faults['protocol-error'].close);
      }
      place = frame.at;
      if (frame.type !== 'auth') return told(frame);
      isGreeted = true;
      refused = null;
      retryMs = firstRetryMs;
      if (!frame.is_resumed) missed();
    });
    // What went wrong is followed by the close.
    mine.on('error', () => undefined);
    mine.on('close', (code: number) => {
      for (const stop of stops) stop();
      socket = null;
      if (code === faults.unauthorized.close) refused = spoken;
      if (!isOver && isGreeted) lost();
      retryLater();
    });
  };
  void open();

  return {
    retryNow: () => {
      retryMs = firstRetryMs;
      void open();
    },
    close: () => {
      isOver = true;
      cancelRetry?.();
      // Not waiting for an answer: nothing holds up the end of the app.
      socket?.terminate();
    },
  };
}

import { once } from 'node:events';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { eventsClientFrame } from '../../shared/api/events.ts';
import { faults, isFaultCode } from '../../shared/base/errors.ts';
import { clientFrame } from '../../src-server/signaling/frames.ts';
import { relayClientFrame } from '../../src-server/relay/relay-frames.ts';
import { callApi } from '../support/api-client.ts';
import { hostileInputs, leaksOf } from '../support/hostile-input.ts';
import { createSession, registerDevice, registerUser, startTestServer, type TestServer, type TestUser } from '../support/server.ts';

const seed = Number(process.env.FUZZ_SEED ?? 4);
/** The gate takes a few; FUZZ_REQUESTS=200 is the long form: a socket that is closed for a flood takes a second to go. */
const conversationsEach = Number(process.env.FUZZ_REQUESTS ?? 10);

let server: TestServer;
let ada: TestUser;
let sessionId: string;
let deviceId: string;
beforeAll(async () => {
  server = await startTestServer({ environment: { CHORDME_RELAY: 'on' } });
  ada = await registerUser(server.url);
  ({ device_id: deviceId } = await registerDevice(server.url, ada));
  ({ id: sessionId } = await createSession(server.url, ada));
});
afterAll(() => server.close());

const ledgerAuthFrame = z.strictObject({ type: z.literal('auth'), token: z.string(), device_id: z.string() });

interface Door {
  path(): string;
  schema: z.ZodType;
  /** What is said first, to try what stands behind it. */
  greeting(): object | null;
}

const signIn = () => ({ type: 'auth', token: ada.token, device_id: deviceId });
const ledgerPath = () => `/api/v1/sessions/${sessionId}/ledger`;
const doors: Record<string, Door> = {
  'signaling, before the token': { path: () => '/signaling', schema: clientFrame, greeting: () => null },
  'signaling, with a token': { path: () => '/signaling', schema: clientFrame, greeting: signIn },
  'the ledger, before the token': { path: ledgerPath, schema: ledgerAuthFrame, greeting: () => null },
  'the ledger, with a token': { path: ledgerPath, schema: ledgerAuthFrame, greeting: signIn },
  'the ledger of what is no session': { path: () => '/api/v1/sessions/%00/ledger', schema: ledgerAuthFrame, greeting: () => null },
  'events, before the token': { path: () => '/api/v1/events', schema: eventsClientFrame, greeting: () => null },
  'events, with a token': { path: () => '/api/v1/events', schema: eventsClientFrame, greeting: () => ({ type: 'auth', token: ada.token }) },
  'the relay': { path: () => '/relay', schema: relayClientFrame, greeting: () => null },
};

type Said = { text: string } | { bytes: Uint8Array };

/** Frames by the schema with something wrong in them, text that is none, and bytes: some begin as a chunk of a link does. */
function framesOf(schema: z.ZodType): fc.Arbitrary<Said[]> {
  const known = { token: [ada.token], device_id: [deviceId], session_id: [sessionId], topic: [`chordme:${sessionId}`] };
  const said = fc.oneof(
    { weight: 4, arbitrary: hostileInputs(schema, known).map((value) => ({ text: JSON.stringify(value) ?? '' })) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('', '{', 'null', '[]', '\u0000', '[[[['.repeat(5_000), '{"type":"auth"', '"\\ud800"')
        .map((text) => ({ text })),
    },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => ({ bytes })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.nat(20_000))
        .map(([head, length]) => ({ bytes: new Uint8Array([...head, ...new Uint8Array(length)]) })),
    },
  );
  return fc.array(said, { minLength: 1, maxLength: 5 });
}

/** Says it all, and answers what was heard until the server has read it or has closed. */
async function converse(door: Door, frames: readonly Said[]): Promise<{ heard: string[]; end: { code: number; reason: string } | null }> {
  const socket = new WebSocket(server.url.replace('http', 'ws') + door.path());
  const heard: string[] = [];
  socket.on('error', () => undefined);
  socket.on('message', (frame, isBinary) => {
    if (!isBinary) heard.push((frame as Buffer).toString('utf8'));
  });
  const closed = once(socket, 'close').then(([code, reason]) => ({ code: Number(code), reason: String(reason) }));
  await once(socket, 'open');
  const greeting = door.greeting();
  if (greeting !== null) {
    const answered = once(socket, 'message');
    socket.send(JSON.stringify(greeting));
    await Promise.race([answered, closed]);
  }
  for (const said of frames) socket.send('text' in said ? said.text : said.bytes, () => undefined);
  // It is answered behind all that was said before.
  const read = once(socket, 'pong').then(() => null);
  socket.ping(() => undefined);
  const end = await Promise.race([closed, read]);
  socket.terminate();
  return { heard, end };
}

test.each(Object.entries(doors))(
  `%s: ${conversationsEach} conversations of bad frames end with a code or go on, and show nothing of the inside`,
  { timeout: 20_000 + conversationsEach * 2_000 },
  async (_name, door) => {
    await fc.assert(
      fc.asyncProperty(framesOf(door.schema), async (frames) => {
        const { heard, end } = await converse(door, frames);
        for (const text of heard) expect(leaksOf(text)).toEqual([]);
        if (end === null || end.reason === '') return;
        expect(isFaultCode(end.reason) && faults[end.reason].close).toBe(end.code);
        expect(end.reason).not.toBe('internal');
      }),
      { seed, numRuns: conversationsEach, endOnFailure: true },
    );
    expect((await callApi(server.url, 'me', {}, ada.token)).status).toBe(200);
  },
);

import { once } from 'node:events';
import { Writable } from 'node:stream';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { eventsClientFrame } from '../../shared/api/events.ts';
import { faults, isFaultCode } from '../../shared/base/errors.ts';
import { fromHex, uuidToBytes } from '../../shared/base/ids.ts';
import { toChunks } from '../../shared/ledger/chunks.ts';
import { encodeMessage, nonceBytes, protocolVersion, windowIdBytes } from '../../shared/ledger/messages.ts';
import { clientFrame } from '../../src-server/signaling/frames.ts';
import { relayClientFrame } from '../../src-server/relay/relay-frames.ts';
import { callApi } from '../support/api-client.ts';
import { hostileInputs, leaksOf } from '../support/hostile-input.ts';
import { createSession, registerDevice, registerUser, startTestServer, type TestServer, type TestUser } from '../support/server.ts';
import { wireSamples } from '../support/wire-samples.ts';

const seed = Number(process.env.FUZZ_SEED ?? 4);
/** The gate takes a few; FUZZ_REQUESTS=200 is the long form: a socket that is closed for a flood takes a second to go. */
const conversationsEach = Number(process.env.FUZZ_REQUESTS ?? 10);

/** What the server had to log as an error: what nobody foresaw, also when who caused it was gone by then. */
const errors: string[] = [];
const logger = pino(
  { level: 'error' },
  new Writable({
    write(line, _encoding, done) {
      errors.push(String(line));
      done();
    },
  }),
);

let server: TestServer;
let ada: TestUser;
let sessionId: string;
let deviceId: string;
/** Messages of a ledger's link, of another session. */
let messages: Uint8Array[];
/** One that is right here: what follows it is handled behind it, while the socket has read on. */
let hello: Uint8Array;
beforeAll(async () => {
  server = await startTestServer({ environment: { CHORDME_RELAY: 'on' }, logger });
  ada = await registerUser(server.url);
  const device = await registerDevice(server.url, ada);
  ({ device_id: deviceId } = device);
  ({ id: sessionId } = await createSession(server.url, ada));
  const samples = await wireSamples();
  messages = samples.messages.flatMap(([, hex]) => [...toChunks(fromHex(hex))]);
  const identity = { sessionId: uuidToBytes(sessionId), publicKey: device.publicKey, windowId: new Uint8Array(windowIdBytes) };
  const said = { type: 'hello', version: protocolVersion, ...identity, awarenessClient: 7, nonce: new Uint8Array(nonceBytes) } as const;
  [hello = new Uint8Array()] = toChunks(encodeMessage(said));
});
afterAll(async () => {
  await server.close();
  expect(errors).toEqual([]);
});

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
    { weight: 3, arbitrary: fc.constantFrom(...messages).map((bytes) => ({ bytes })) },
    { weight: 3, arbitrary: fc.constant({ bytes: hello }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.nat(20_000))
        .map(([head, length]) => ({ bytes: new Uint8Array([...head, ...new Uint8Array(length)]) })),
    },
  );
  return fc.array(said, { minLength: 1, maxLength: 5 });
}

interface Conversation {
  socket: WebSocket;
  heard: string[];
  end: { code: number; reason: string } | null;
}

/** Says it all, and answers when the server has read it or has closed. What it does with it may take longer: the socket stays open. */
async function converse(door: Door, frames: readonly Said[]): Promise<Conversation> {
  const socket = new WebSocket(server.url.replace('http', 'ws') + door.path());
  const said: Conversation = { socket, heard: [], end: null };
  socket.on('error', () => undefined);
  socket.on('message', (frame, isBinary) => {
    if (!isBinary) said.heard.push((frame as Buffer).toString('utf8'));
  });
  const closed = once(socket, 'close').then(([code, reason]) => {
    said.end = { code: Number(code), reason: String(reason) };
  });
  await once(socket, 'open');
  const greeting = door.greeting();
  if (greeting !== null) {
    const answered = once(socket, 'message');
    socket.send(JSON.stringify(greeting));
    await Promise.race([answered, closed]);
  }
  for (const frame of frames) socket.send('text' in frame ? frame.text : frame.bytes, () => undefined);
  // It is answered behind all that was said before.
  const read = once(socket, 'pong');
  socket.ping(() => undefined);
  await Promise.race([closed, read]);
  return said;
}

/** How many go on beside those that follow: as long as that, the server may take to do what it was told. */
const lingering = 8;

function look({ socket, heard, end }: Conversation): void {
  socket.terminate();
  for (const text of heard) expect(leaksOf(text)).toEqual([]);
  if (end === null || end.reason === '') return;
  expect(isFaultCode(end.reason) && faults[end.reason].close).toBe(end.code);
  expect(end.reason).not.toBe('internal');
}

test.each(Object.entries(doors))(
  `%s: ${conversationsEach} conversations of bad frames end with a code or go on, and show nothing of the inside`,
  { timeout: 20_000 + conversationsEach * 2_000 },
  async (_name, door) => {
    const open: Conversation[] = [];
    onTestFinished(() => open.forEach(({ socket }) => socket.terminate()));
    await fc.assert(
      fc.asyncProperty(framesOf(door.schema), async (frames) => {
        open.push(await converse(door, frames));
        open.splice(0, Math.max(0, open.length - lingering)).forEach(look);
        expect(errors).toEqual([]);
      }),
      { seed, numRuns: conversationsEach, endOnFailure: true },
    );
    expect((await callApi(server.url, 'me', {}, ada.token)).status).toBe(200);
    open.splice(0).forEach(look);
    expect(errors).toEqual([]);
  },
);

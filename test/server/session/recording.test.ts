import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { InputOf } from '../../../shared/api/operations.ts';
import { limits } from '../../../shared/base/limits.ts';
import { entryKinds } from '../../../shared/ledger/entry.ts';
import type { Bridge } from '../../../shared/ipc/contract.ts';
import type { StoredLedger } from '../../../shared/ledger/load.ts';
import { encodeJson, markerSchema } from '../../../shared/ledger/payloads.ts';
import { Verifier } from '../../../shared/ledger/keys.ts';
import { verifyStretch } from '../../../shared/ledger/verify-stretch.ts';
import type { RecordingLedgerPage } from '../../../shared/session/recording-schemas.ts';
import { Playhead } from '../../../shared/playback/playhead.ts';
import { readPlayback } from '../../../shared/playback/read-playback.ts';
import { readTrackEvent } from '../../../shared/playback/track-event.ts';
import { RecordingShelf } from '../../../src-renderer/session/recording-shelf.ts';
import { openRecording } from '../../../src-renderer/session/session-recording.ts';
import { joinPages } from '../../../src-renderer/session/recording-pages.ts';
import { readStoredStretch } from '../../../src-renderer/session/stored-stretch.ts';
import { systemTimers } from '../../../src-server/system-timers.ts';
import { callApi } from '../../support/api-client.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { type LedgerPerson, settled, until } from '../../support/ledger-client.ts';
import { LedgerSession, testSongId } from '../../support/ledger-session.ts';
import { at, point } from '../../support/pointing.ts';
import { expectDone, startTestServer, testPassword, type TestServer, type TestUser } from '../../support/server.ts';

/** Chores and chunks come when a test turns them; what is awaited in between is real. */
const chores = new FakeTime();
let ahead = 0;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    time: {
      ...systemTimers,
      now: () => Date.now() + ahead,
      every: (ms, run) => (ms === limits.recordingChunkMs ? chores : systemTimers).every(ms, run),
    },
  });
});
afterAll(() => server.close());

/** As if so much time went by, with the chunks that are due in it. */
function goOn(ms: number): void {
  ahead += ms;
  chores.advance(ms);
}
const minuteMs = 60_000;
const open = (template = 'band-practice') => LedgerSession.open(server.url, { template, chordpro: '[C]Silent night\n' });
const start = (id: string, { user }: LedgerPerson) => callApi(server.url, 'startRecording', { id }, user.token);
const stop = (id: string, { user }: LedgerPerson) => callApi(server.url, 'stopRecording', { id }, user.token);
const status = async (id: string, { user }: LedgerPerson) => expectDone(await callApi(server.url, 'recordingStatus', { id }, user.token));
const list = async (id: string, { user }: LedgerPerson) =>
  expectDone(await callApi(server.url, 'listRecordings', { id }, user.token)).items;
const events = async (input: InputOf<'recordingEvents'>, { user }: LedgerPerson) =>
  expectDone(await callApi(server.url, 'recordingEvents', input, user.token));
const typesOf = async (id: string, user: TestUser) =>
  expectDone(await callApi(server.url, 'listActivities', { id }, user.token)).items.map(({ type }) => type);

/** Names and contents of a zip archive, by its local headers. */
function unzip(zip: Buffer): Record<string, string> {
  const files: Record<string, string> = {};
  for (let from = 0; zip.readUInt32LE(from) === 0x04034b50;) {
    const [packed, nameLength] = [zip.readUInt32LE(from + 18), zip.readUInt16LE(from + 26)];
    const begin = from + 30 + nameLength;
    files[zip.toString('utf8', from + 30, begin)] = inflateRawSync(zip.subarray(begin, begin + packed)).toString('utf8');
    from = begin + packed;
  }
  return files;
}

test('a recording has what was written by number and where people were, read from any moment, told in pages, exported, deleted', async () => {
  const session = await open('jam-session');
  const [ann, ben] = [session.owner, await session.join('Ben')];
  const { id } = session;
  const [atAnn, atBen] = [await session.online(ann, 50), await session.online(ben, 51)];
  expect((await stop(id, ann)).problem?.code).toBe('not-recording');
  const begun = expectDone(await start(id, ben));
  expect(begun.status).toBe('recording');
  expect((await start(id, ann)).problem?.code).toBe('already-recording');
  expect(expectDone(await callApi(server.url, 'getSession', { id }, ann.user.token)).is_recording).toBe(true);

  // Moved without end within one moment: one event, with the last place.
  for (let turn = 1; turn <= 40; turn++) point(atAnn, 50, at(turn));
  point(atBen, 51, at(7));
  atAnn.type(0, '[G]All ');
  await atBen.say('from the bridge, "slower"');
  await atAnn.author.write(entryKinds.marker, encodeJson(markerSchema.parse({ type: 'take', name: 'Take 1', song_id: testSongId })));
  await settled(atAnn, atBen);
  goOn(limits.recordingChunkMs);
  goOn(minuteMs);
  atAnn.type(0, 'later ');
  await settled(atAnn);
  expectDone(await callApi(server.url, 'changeRole', { id, user_id: ben.user.id, role: 'viewer' }, ann.user.token));
  expect((await stop(id, ben)).problem?.code).toBe('forbidden');
  const ended = expectDone(await stop(id, ann));
  expect(ended.recording_id).toBe(begun.recording_id);
  expect(ended.duration_ms).toBeGreaterThanOrEqual(limits.recordingChunkMs + minuteMs);

  const [row] = await list(id, ben);
  expect(row).toMatchObject({
    id: begun.recording_id,
    status: 'finished',
    ended_because: 'asked',
    started_by: { name: 'Ben' },
    event_count: ended.event_count,
  });
  const of = { id, recording_id: begun.recording_id };
  const all = await events(of, ben);
  const counts = Object.fromEntries([...Map.groupBy(all.items, ({ type }) => type)].map(([type, some]) => [type, some.length]));
  expect(counts).toMatchObject({
    user_joined: 2,
    song_shown: 2,
    content_edited: 2,
    message_sent: 1,
    marker_added: 1,
    permission_changed: 1,
  });
  // Who was there when it began was so from its first moment on.
  expect(all.items.filter(({ type }) => type === 'user_joined').map(({ relative_ms }) => relative_ms)).toEqual([0, 0]);
  expect(counts['cursor_moved']).toBeLessThanOrEqual(8);
  const moved = all.items.filter(({ type, user_id }) => type === 'cursor_moved' && user_id === ann.user.id);
  expect(moved.at(-1)?.data).toMatchObject({ cursor: at(40).cursor });
  // All but the change of a role, which is the session's, are counted.
  expect(all.items).toHaveLength(ended.event_count + 1);
  expect(all.items.map(({ relative_ms }) => relative_ms)).toEqual(
    all.items.map(({ relative_ms }) => relative_ms).toSorted((a, b) => a - b),
  );

  // An app plays it: the song as it was before and after, who was there and where they pointed, what was said and marked.
  const { ledger } = atBen;
  const playback = await readPlayback(
    {
      startedMs: Date.parse(begun.started_at),
      durationMs: ended.duration_ms,
      fromN: row?.from_n ?? 0,
      base: null,
      earlier: [],
      recorded: ledger.records.map(({ record }) => ({ record, entry: ledger.entry(record.hash) ?? null })),
      track: all.items.flatMap((event) => readTrackEvent(event) ?? []),
      device: (device) => ledger.device(device),
    },
    async () => undefined,
  );
  const head = new Playhead(playback);
  const [first, last] = [head.seek(0), head.seek(ended.duration_ms)];
  expect([first.n, last.n]).toEqual([row?.from_n, row?.to_n]);
  expect([first.texts.get(testSongId), last.texts.get(testSongId)]).toEqual(['[C]Silent night\n', 'later [G]All [C]Silent night\n']);
  expect(last.people.map(({ user_id, song_id }) => [user_id, song_id])).toEqual([
    [ann.user.id, testSongId],
    [ben.user.id, testSongId],
  ]);
  expect(playback.newRoles.map(({ user_id }) => user_id)).toEqual([ben.user.id]);
  const { lines } = playback.said;
  expect(lines.map(({ kind, text }) => [kind, text])).toEqual([
    ['message', 'from the bridge, "slower"'],
    ['mark', 'Take 1'],
  ]);
  expect(lines.every(({ from, to }) => first.n < from && from <= last.n && to === Infinity)).toBe(true);
  expect(playback.steps.map(({ user_id }) => user_id)).toEqual([ann.user.id, ann.user.id]);

  // In pages of two it is the same; from a later moment who was where is told first.
  const paged = [];
  let cursor: string | undefined;
  do {
    const page = await events({ ...of, limit: 2, ...(cursor !== undefined && { cursor }) }, ben);
    paged.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  expect(paged).toEqual(all.items);
  const late = await events({ ...of, from: limits.recordingChunkMs + 1 }, ben);
  expect(late.state.map(({ user_id, cursor: where }) => [user_id, where])).toEqual([
    [ann.user.id, at(40).cursor],
    [ben.user.id, at(7).cursor],
  ]);
  expect(late.items.map(({ type }) => type)).toEqual(expect.arrayContaining(['content_edited', 'permission_changed']));
  expect(late.items.some(({ type }) => type === 'message_sent')).toBe(false);

  const exported = async (format: 'json' | 'csv' | 'zip') =>
    expectDone(await callApi(server.url, 'exportRecording', { ...of, format }, ben.user.token));
  expect(JSON.parse((await exported('json')).content)).toEqual({ recording: row, events: all.items });
  const csv = (await exported('csv')).content.split('\r\n');
  expect(csv[0]).toBe('type,user_id,relative_ms,at,data');
  expect(csv).toHaveLength(all.items.length + 2);
  expect(csv.find((line) => line.startsWith('message_sent'))).toContain(String.raw`""text"":""from the bridge, \""slower\""""`);
  const files = unzip(Buffer.from((await exported('zip')).content, 'base64'));
  expect(Object.keys(files)).toEqual(
    ['recording.json', 'events.csv', 'songs/1 Silent Night.cho', 'marks/1 Take 1/1 Silent Night.cho'].map((name) =>
      name.replaceAll('Silent Night', 'untitled'),
    ),
  );
  expect(files['songs/1 untitled.cho']).toBe('later [G]All [C]Silent night\n');
  expect(files['marks/1 Take 1/1 untitled.cho']).toBe('[G]All [C]Silent night\n');

  const remove = async ({ user }: LedgerPerson) => callApi(server.url, 'deleteRecording', of, user.token);
  expect((await remove(ben)).status).toBe(403);
  expect((await remove(ann)).status).toBe(204);
  expect(await list(id, ann)).toEqual([]);
  expect((await typesOf(id, ann.user)).filter((type) => type.startsWith('recording'))).toEqual([
    'recording_deleted',
    'recording_stopped',
    'recording_started',
  ]);
});

test('where the template says so it begins by itself with two, is not begun again the same evening by who ended it, and ends with the session or when all have gone', async () => {
  const session = await open();
  const [ann, ben] = [session.owner, await session.join('Ben')];
  const { id } = session;
  const atAnn = await session.online(ann, 50);
  expect((await status(id, ann)).is_recording).toBe(false);
  const atBen = await session.online(ben, 51);
  expect((await status(id, ann)).is_recording).toBe(true);
  expectDone(await stop(id, ben));
  await atBen.offline();
  await until(() => atAnn.isLinked, 'Ann is there');
  await atBen.online();
  expect((await status(id, ann)).is_recording).toBe(false);
  expectDone(await start(id, ben));
  expectDone(await callApi(server.url, 'pauseSession', { id }, ann.user.token));
  expect((await status(id, ann)).is_recording).toBe(false);
  expect((await start(id, ann)).problem?.code).toBe('wrong-status');
  expectDone(await callApi(server.url, 'resumeSession', { id }, ann.user.token));
  // What the pause ended goes on by itself.
  expect((await status(id, ann)).is_recording).toBe(true);
  await atBen.offline();
  await atAnn.offline();
  await nobodyIn(id, ann);
  goOn(limits.recordingChunkMs);
  expect((await status(id, ann)).is_recording).toBe(true);
  goOn(limits.recordingEmptyMs);
  const token = await signIn(ann);
  const { items } = expectDone(await callApi(server.url, 'listRecordings', { id }, token));
  expect(items.map(({ ended_because, started_by }) => [ended_because, started_by === null])).toEqual([
    ['empty', true],
    ['paused', false],
    ['asked', true],
  ]);
});

async function signIn({ user }: LedgerPerson): Promise<string> {
  return expectDone(await callApi(server.url, 'login', { email: user.credentials.user.email ?? '', password: testPassword })).access_token;
}

async function nobodyIn(id: string, { user }: LedgerPerson): Promise<void> {
  for (;;) {
    const { items } = expectDone(await callApi(server.url, 'listParticipants', { id }, user.token));
    if (items.every(({ is_present }) => !is_present)) return;
  }
}

test('who was given another role, or the session, is told in its time, and who gave it away', async () => {
  const session = await open('jam-session');
  const [ann, ben] = [session.owner, await session.join('Ben')];
  const { id } = session;
  const begun = expectDone(await start(id, ann));
  expectDone(await callApi(server.url, 'changeRole', { id, user_id: ben.user.id, role: 'commenter' }, ann.user.token));
  expectDone(await callApi(server.url, 'transferSession', { id, user_id: ben.user.id }, ann.user.token));
  expectDone(await stop(id, ben));
  const { items } = await events({ id, recording_id: begun.recording_id }, ben);
  const given = items.filter(({ type }) => type === 'permission_changed');
  expect(given.map(({ user_id, data }) => ({ user_id, ...data }))).toEqual([
    { user_id: ben.user.id, from: 'editor', to: 'commenter' },
    { user_id: ben.user.id, from: 'commenter', to: 'owner' },
    { user_id: ann.user.id, from: 'owner', to: 'editor' },
  ]);
  expect(given.every((event) => readTrackEvent(event) !== null)).toBe(true);
});

test('who wants to be left out is not followed, and who goes for good is taken out of what was recorded; one’s own part is in the export', async () => {
  const session = await open('jam-session');
  const [ann, ben, cleo] = [session.owner, await session.join('Ben'), await session.join('Cleo')];
  const { id } = session;
  const [atAnn, atBen, atCleo] = [await session.online(ann, 50), await session.online(ben, 51), await session.online(cleo, 52)];
  const choose = async (is_left_out: boolean) =>
    expectDone(await callApi(server.url, 'setMyRecordingChoice', { id, is_left_out }, ben.user.token));
  const { recording_id } = expectDone(await start(id, ann));
  const of = { id, recording_id };
  for (const [client, window] of [
    [atAnn, 50],
    [atBen, 51],
    [atCleo, 52],
  ] as const)
    point(client, window, at(window));
  await atBen.say('goodbye');
  await settled(atAnn, atBen);
  goOn(limits.recordingChunkMs);
  expect(await choose(true)).toEqual({ is_left_out: true });
  expect(expectDone(await callApi(server.url, 'myRecordingChoice', { id }, ben.user.token))).toEqual({ is_left_out: true });
  point(atBen, 51, at(99));
  point(atAnn, 50, at(60));
  // What Ann says after it is numbered after it.
  await atBen.say('still here');
  await atAnn.say('there');
  await settled(atAnn, atBen);
  goOn(limits.recordingChunkMs);
  const before = await events(of, ann);
  const pointed = (user: TestUser) => before.items.filter(({ type, user_id }) => type === 'cursor_moved' && user_id === user.id);
  expect(pointed(ann.user).map(({ data }) => data['cursor'])).toEqual([at(50).cursor, at(60).cursor]);
  expect(pointed(ben.user).map(({ data }) => data['cursor'])).toEqual([at(51).cursor, null]);

  const mine = expectDone(await callApi(server.url, 'exportMe', {}, ben.user.token));
  expect(mine.recordings).toMatchObject([{ recording_id, session_id: id, is_complete: true }]);
  expect(mine.recordings[0]?.events.map(({ type }) => type)).toEqual([
    'user_joined',
    'song_shown',
    'cursor_moved',
    'song_shown',
    'cursor_moved',
  ]);

  const { deletion_token } = expectDone(await callApi(server.url, 'requestDeletion', { current_password: testPassword }, ben.user.token));
  expect((await callApi(server.url, 'deleteMe', { deletion_token }, ben.user.token)).status).toBe(204);
  expectDone(await stop(id, ann));
  const after = await events(of, ann);
  expect(after.items.filter(({ user_id, type }) => user_id === ben.user.id && type !== 'user_left')).toEqual([]);
  expect(JSON.stringify(after)).not.toContain('goodbye');
  expect(after.items.filter(({ user_id }) => user_id === ann.user.id)).toEqual(
    before.items.filter(({ user_id }) => user_id === ann.user.id),
  );
});

test('who came later sees what was recorded before only where the owner has opened it', async () => {
  const session = await open('jam-session');
  const { id, owner } = session;
  const { recording_id } = expectDone(await start(id, owner));
  expectDone(await stop(id, owner));
  ahead += 1_000;
  const late = await session.join('Late');
  const looks = async () => [
    (await list(id, late)).length,
    (await callApi(server.url, 'getRecording', { id, recording_id }, late.user.token)).status,
    (await callApi(server.url, 'exportRecording', { id, recording_id }, late.user.token)).status,
  ];
  expect(await looks()).toEqual([0, 404, 404]);
  expect((await callApi(server.url, 'updateSession', { id, has_open_recordings: true }, late.user.token)).status).toBe(403);
  expectDone(await callApi(server.url, 'updateSession', { id, has_open_recordings: true }, owner.user.token));
  expect(await looks()).toEqual([1, 200, 200]);
});

test('an app that begins at a later checkpoint gets the ledger of a recording in pages, verified, where the recording is open to it', async () => {
  const { checkpointEvery, checkpointLag, checkpointPartBytes, recordingRecordsPerAnswer } = limits;
  Object.assign(limits, { checkpointEvery: 3, checkpointLag: 4, checkpointPartBytes: 100, recordingRecordsPerAnswer: 2 });
  onTestFinished(() => void Object.assign(limits, { checkpointEvery, checkpointLag, checkpointPartBytes, recordingRecordsPerAnswer }));
  const session = await open('jam-session');
  const { id, owner } = session;
  const client = await session.online(owner, 50);
  const write = async (text: string): Promise<void> => {
    client.type(0, text);
    await settled(client);
  };
  await until(() => client.content.includes('night'), 'the song is here');
  for (const text of ['one ', 'two ', 'three ', 'four ']) await write(text);
  const { recording_id } = expectDone(await start(id, owner));
  const of = { id, recording_id };
  for (const text of ['five ', 'six ', 'seven ']) await write(text);
  await client.say('and again');
  await settled(client);
  expectDone(await stop(id, owner));
  for (const text of ['eight ', 'nine ']) await write(text);
  const row = expectDone(await callApi(server.url, 'getRecording', of, owner.user.token));

  ahead += 1_000;
  const late = await session.join('Late');
  const pageOf = (cursor?: string) =>
    callApi(server.url, 'recordingLedger', { ...of, ...(cursor !== undefined && { cursor }) }, late.user.token);
  expect((await pageOf()).status).toBe(404);
  expectDone(await callApi(server.url, 'updateSession', { id, has_open_recordings: true }, owner.user.token));
  expect((await pageOf('x.1')).status).toBe(400);
  const pages: RecordingLedgerPage[] = [];
  for (let cursor: string | null | undefined; cursor !== null; cursor = pages.at(-1)?.next_cursor ?? null)
    pages.push(expectDone(await pageOf(cursor)));
  expect(pages.filter(({ checkpoint }) => checkpoint !== null).length).toBeGreaterThan(2);
  expect(pages.filter(({ records }) => records.length > 0).length).toBeGreaterThan(2);

  const { ledger } = client;
  const tools = { ledger, authority: session.place.authority.raw, verifier: new Verifier() };
  const stored = await verifyStretch(joinPages(pages), tools, async () => undefined);
  if (stored === null) throw new Error('it is what was signed');
  const { base, recorded } = await readStoredStretch(stored);
  // It begins a little before the recording, and has no text of what came after it.
  expect(base?.head.n).toBeGreaterThan(0);
  expect(base?.head.n).toBeLessThanOrEqual(row.from_n);
  expect(recorded.filter(({ entry, record }) => entry !== null && record.n > row.to_n)).toEqual([]);

  // An app that came late has neither; what was said is in its own session.
  const atLate = await session.online(late);
  await until(() => atLate.ledger.n === ledger.n && atLate.ledger.lacking(1).length === 0, 'Late is level');
  const { base: lateBase, checkpoint } = atLate.ledger;
  if (lateBase === null || checkpoint === null) throw new Error('it begins at a checkpoint');
  expect(lateBase.head.n).toBeGreaterThan(row.from_n);
  const held = [...lateBase.counted.keys(), ...atLate.ledger.records.map(({ record }) => record.hash)];
  const ofLate: StoredLedger = {
    start: { checkpoint, base: lateBase },
    entries: held.flatMap((hash) => atLate.ledger.entry(hash)?.bytes ?? []),
    records: atLate.ledger.records.map(({ bytes }) => bytes),
    heads: [],
  };
  const answers: Record<string, unknown> = { 'recordings.kept': [] };
  const invoke = async (name: string, args: { operation: 'getRecording'; input: InputOf<'getRecording'> }) => {
    const isAsked = name === 'authority.request';
    const result = isAsked ? expectDone(await callApi(server.url, args.operation, args.input, late.user.token)) : (answers[name] ?? null);
    return { ok: true, result };
  };
  const { playback } = await openRecording(
    {
      ...tools,
      ledger: atLate.ledger,
      core: { readWhole: async () => ofLate },
      shelf: new RecordingShelf({ invoke } as unknown as Bridge, id),
      device: late.device,
      timers: systemTimers,
      clock: { now: () => performance.now() },
    },
    recording_id,
    () => undefined,
  );
  if (playback === null) throw new Error('it is played');
  expect(playback.said.lines.map(({ text }) => text)).toEqual(['and again']);
  const texts = [0, playback.steps.length].map((steps) => playback.textsAt(steps).get(testSongId));
  expect(texts).toEqual(['four three two one [C]Silent night\n', 'seven six five four three two one [C]Silent night\n']);
});

import type { UnsaidWords } from '../../shared/ledger/unsaid-words.ts';
import { afterAll, expect, test } from 'vitest';
import { calls, type ArgsOf, type CallName, type EventName } from '../../shared/ipc/contract.ts';
import { makeUuid, toHex } from '../../shared/base/ids.ts';
import { encodeCheckpointBody } from '../../shared/ledger/checkpoint-body.ts';
import { encodeCheckpointHead } from '../../shared/ledger/checkpoint.ts';
import { sha256 } from '../../shared/ledger/digest.ts';
import { withoutPayload } from '../../shared/ledger/entry.ts';
import { encodeHead, encodeRecord, verdicts } from '../../shared/ledger/record.ts';
import { systemClock, systemRandom } from '../../src-main/core/system.ts';
import { makeEntries } from '../support/entries.ts';
import { startAuthority } from '../support/authority.ts';
import { ask, refusal, type Answerer } from '../support/ask.ts';
import { secondLoopback } from '../support/test-core.ts';

/** A way to a core: what the window calls and hears. */
export interface Way extends Answerer {
  on(name: EventName, listener: () => void): () => void;
}

const ann = { email: 'ann@example.org', name: 'Ann', password: 'silent night holy night' };
const sessionId = makeUuid(1_800_000_000_000, systemRandom);

/** Core keeps what is whole; whose word it is, the window has verified. */
function checkpointHeadOf(body: Uint8Array, generation = 1): Uint8Array<ArrayBuffer> {
  return encodeCheckpointHead({
    generation,
    n: 1,
    chain: new Uint8Array(32),
    contentSha256: '0c'.repeat(32),
    bodySha256: toHex(sha256(body)),
    bodyLength: body.length,
    signature: new Uint8Array(64),
  });
}

function own(id: string, ...entries: Uint8Array<ArrayBuffer>[]): ArgsOf<'ledger.append_entries'> {
  return { session_id: id, is_own: true, entries };
}

/**
 * The same promises whichever way the calls take; each call of the contract is answered at least once.
 * @param open a way to a fresh core that has an authority of its own
 */
export function ipcContract(name: string, open: () => Promise<Way>): void {
  const made = new Set<string>();
  const openNoted = async (): Promise<Way> => {
    const way = await open();
    return {
      ...way,
      invoke: async (call, args) => {
        const reply = await way.invoke(call, args);
        if (reply.ok) made.add(call);
        return reply;
      },
    };
  };
  test(`[${name}] state, server and account`, async () => {
    const way = await openNoted();
    let changes = 0;
    way.on('app.state_changed', () => {
      changes += 1;
    });
    expect(await ask(way, 'app.state', {})).toMatchObject({ version: '0.0.0-test', account: null, server: { is_embedded: true } });
    // Nothing happened to its file.
    expect([await ask(way, 'app.recovery', {}), await ask(way, 'app.recovery_read', {})]).toEqual([null, null]);
    expect(await refusal(way, 'authority.request', { operation: 'me', input: {} })).toBe('unauthorized');
    const user = await ask(way, 'account.register', ann);
    expect(await ask(way, 'authority.request', { operation: 'me', input: {} })).toEqual(user);
    expect(await refusal(way, 'account.register', ann)).toBe('email-taken');
    expect((await ask(way, 'account.socket_token', {})).access_token).toMatch(/^ey/);
    await ask(way, 'authority.request', { operation: 'createSession', input: { name: 'Friday' } });
    expect(await ask(way, 'sessions.known', {})).toMatchObject([{ name: 'Friday', role: 'owner' }]);
    const [friday] = await ask(way, 'sessions.known', {});
    const { code } = (await ask(way, 'authority.request', {
      operation: 'createLink',
      input: { id: friday?.id, role: 'viewer', admits_guests: true },
    })) as { code: string };
    expect(await ask(way, 'account.sign_out', {})).toBeNull();
    expect(await refusal(way, 'account.guest', { code: 'ABCDEFGH', name: 'Cy' })).toBe('invalid-code');
    expect(await ask(way, 'account.guest', { code, name: 'Cy' })).toMatchObject({ name: 'Cy', email: null });
    expect(await ask(way, 'account.sign_out', {})).toBeNull();
    expect(await ask(way, 'account.sign_in', { email: ann.email, password: ann.password })).toEqual(user);
    expect(await refusal(way, 'server.choose', { url: 'http://127.0.0.1:9' })).toBe('unreachable');
    const { url } = await startAuthority(systemClock);
    expect(await ask(way, 'server.choose', { url })).toMatchObject({ account: null, server: { url, is_embedded: false } });
    expect(await ask(way, 'server.host_here', {})).toMatchObject({ account: user, server: { is_embedded: true } });
    expect(changes).toBeGreaterThan(0);
  });

  test(`[${name}] a refused field is named with its place`, async () => {
    const way = await openNoted();
    await ask(way, 'account.register', ann);
    const reply = await way.invoke('authority.request', { operation: 'createSession', input: { name: '' } });
    expect(reply).toMatchObject({ ok: false, code: 'bad-request', errors: [{ path: 'name' }] });
    expect(await way.invoke('account.register', { ...ann, password: 'short' })).toMatchObject({
      ok: false,
      errors: [{ path: 'password' }],
    });
  });

  test(`[${name}] library`, async () => {
    const way = await openNoted();
    let changes = 0;
    way.on('library.changed', () => {
      changes += 1;
    });
    const { id } = await ask(way, 'library.create', { chordpro: '{title: One}' });
    await ask(way, 'library.save', { id, chordpro: '{title: Two}\r\n' });
    expect((await ask(way, 'library.get', { id })).chordpro).toBe('{title: Two}\r\n');
    expect((await ask(way, 'library.versions', { id })).at(-1)?.chordpro).toBe('{title: Two}\r\n');
    await ask(way, 'library.remove', { id });
    await ask(way, 'library.restore', { id });
    const every = Uint8Array.from({ length: 256 }, (_, at) => at).filter((byte) => byte !== 0);
    const { songs } = await ask(way, 'library.import', { files: [{ name: 'bytes.cho', content: every }] });
    expect(await ask(way, 'library.export', { id: songs[0]?.id ?? '' })).toEqual({ name: 'bytes.cho', content: every });
    expect(await ask(way, 'library.search', { q: 'two' })).toMatchObject({ songs: [{ id, title: 'Two', line: null }], total_count: 1 });
    expect(await ask(way, 'library.list', {})).toHaveLength(2);
    expect(changes).toBe(5);
  });

  test(`[${name}] tags and setlists of the library`, async () => {
    const way = await openNoted();
    let changes = 0;
    way.on('library.changed', () => {
      changes += 1;
    });
    const { id: song_id } = await ask(way, 'library.create', { chordpro: '{title: One}' });
    expect(await ask(way, 'library.set_tags', { id: song_id, tags: ['slow'] })).toMatchObject({ title: 'One', tags: ['slow'] });
    expect(await ask(way, 'library.search', { q: 'one', tags: ['slow'] })).toMatchObject({ total_count: 1 });
    const before = await ask(way, 'library.rename_tag', { tag: 'slow', name: 'ballad' });
    expect(before).toEqual([{ id: song_id, tags: ['slow'] }]);
    expect(await ask(way, 'library.put_tags', { songs: before })).toBeNull();
    const { id } = await ask(way, 'setlists.create', { name: 'Friday', song_ids: [] });
    await ask(way, 'setlists.put_song', { id, song_id, after: null });
    await ask(way, 'setlists.rename', { id, name: 'Sunday' });
    await ask(way, 'setlists.remove', { id });
    await ask(way, 'setlists.restore', { id });
    expect(await ask(way, 'setlists.list', {})).toMatchObject([{ id, name: 'Sunday', song_ids: [song_id] }]);
    await ask(way, 'setlists.take_song', { id, song_id });
    expect(changes).toBe(10);
    expect(await refusal(way, 'setlists.rename', { id, name: '' })).toBe('bad-request');
  });

  test(`[${name}] songs opened last, newest first; one that was removed is left out, and back with the undo`, async () => {
    const way = await openNoted();
    const ids: string[] = [];
    for (let at = 0; at < 12; at += 1) {
      // oxlint-disable-next-line no-await-in-loop
      const { id } = await ask(way, 'library.create', { chordpro: `{title: ${at}}` });
      // oxlint-disable-next-line no-await-in-loop
      await ask(way, 'library.opened', { id });
      ids.unshift(id);
    }
    const recent = async (): Promise<string[]> => (await ask(way, 'library.recent', {})).map(({ id }) => id);
    expect(await recent()).toEqual(ids.slice(0, 10));
    const [first = '', second = '', third = ''] = ids;
    await ask(way, 'library.opened', { id: third });
    await ask(way, 'library.remove', { id: first });
    expect((await recent()).slice(0, 2)).toEqual([third, second]);
    await ask(way, 'library.restore', { id: first });
    expect((await recent()).slice(0, 3)).toEqual([third, first, second]);
    expect(await refusal(way, 'library.opened', { id: sessionId })).toBe('not-found');
  });

  test(`[${name}] options, arrivals, a problem and the report of it`, async () => {
    const way = await openNoted();
    let changes = 0;
    way.on('app.options_changed', () => {
      changes += 1;
    });
    expect(await ask(way, 'app.options', {})).toEqual({ spell_check: false, keeps_in_tray: false });
    expect(await ask(way, 'app.set_option', { name: 'spell_check', is_on: true })).toEqual({ spell_check: true, keeps_in_tray: false });
    expect(await ask(way, 'app.set_option', { name: 'spell_check', is_on: false })).toEqual({ spell_check: false, keeps_in_tray: false });
    expect(changes).toBe(2);
    expect(await way.invoke('app.set_option', { name: 'server_url', is_on: true })).toMatchObject({ ok: false, code: 'bad-request' });
    expect(await ask(way, 'app.take_arrivals', {})).toEqual([]);
    expect(await ask(way, 'app.note_problem', { message: 'TypeError: nothing\n    at chart' })).toBeNull();
    expect(await refusal(way, 'app.note_problem', { message: 'x'.repeat(5_000) })).toBe('bad-request');
    expect((await ask(way, 'app.report', {})).text).toContain('ChordMe 0.0.0-test');
  });

  test(`[${name}] ledger: entries, records and statement come back as they were stored`, async () => {
    const way = await openNoted();
    const session_id = sessionId;
    const [first, second, third] = await makeEntries(sessionId, 3);
    if (first === undefined || second === undefined || third === undefined) throw new Error('three entries');
    expect(await ask(way, 'ledger.read_statement', { session_id })).toEqual({ statement: null });
    await ask(way, 'ledger.put_statement', { session_id, statement: 'a.b.c' });
    expect(await ask(way, 'ledger.read_statement', { session_id })).toEqual({ statement: 'a.b.c' });

    await ask(way, 'ledger.append_entries', { session_id, is_own: true, entries: [first.bytes, second.bytes] });
    expect(await ask(way, 'ledger.read_entries', { session_id, after: 0 })).toEqual({ entries: [first.bytes, second.bytes], next: null });
    const record = encodeRecord({
      n: 1,
      verdict: verdicts.ok,
      stream: first.stream,
      seq: 1,
      hash: first.hash,
      receivedAt: 1,
      skeletonSha256: null,
    });
    const head = encodeHead({ generation: 1, n: 1, chain: new Uint8Array(32), signature: new Uint8Array(64) });
    await ask(way, 'ledger.append_records', { session_id, first_n: 1, records: [record], head });
    expect(await ask(way, 'ledger.read_records', { session_id, after: 0 })).toEqual({ records: [record], heads: [head], next: null });
    const deleted = withoutPayload(first).bytes;
    await ask(way, 'ledger.reform_entries', { session_id, entries: [deleted] });
    expect((await ask(way, 'ledger.read_entries', { session_id, after: 0 })).entries).toEqual([deleted, second.bytes]);
    const device_id = 'ab'.repeat(16);
    expect(await ask(way, 'ledger.read_checkpoint', { session_id, device_id })).toEqual({ checkpoint: null });
    const body = new Uint8Array([1, 2, 3]);
    const checkpoint = { head: checkpointHeadOf(body), body };
    await ask(way, 'ledger.put_checkpoint', { session_id, ...checkpoint });
    expect(await ask(way, 'ledger.read_checkpoint', { session_id, device_id })).toEqual({ checkpoint });
    expect(await refusal(way, 'ledger.begin_generation', { session_id, ...checkpoint })).toBe('bad-request');
    const begun = encodeCheckpointBody({ streams: [], state: new Uint8Array(), sets: [], counted: [], refused: [] });
    const generation = { head: checkpointHeadOf(begun, 2), body: begun };
    await ask(way, 'ledger.begin_generation', { session_id, ...generation });
    expect(await ask(way, 'ledger.read_checkpoint', { session_id, device_id })).toEqual({ checkpoint: generation });
    // The old numbers are gone, the entries are not.
    expect((await ask(way, 'ledger.read_records', { session_id, after: 0 })).records).toEqual([]);
    expect((await ask(way, 'ledger.read_entries', { session_id, after: 0 })).entries).toEqual([deleted, second.bytes]);
  });

  test(`[${name}] ledger: nothing that contradicts, belongs elsewhere or does not parse reaches the disk`, async () => {
    const way = await openNoted();
    const session_id = sessionId;
    const other = makeUuid(1_800_000_000_001, systemRandom);
    const [first, second, third] = await makeEntries(sessionId, 3);
    if (first === undefined || second === undefined || third === undefined) throw new Error('three entries');
    expect(await refusal(way, 'ledger.append_entries', own(session_id, first.bytes, third.bytes))).toBe('bad-request');
    expect(await refusal(way, 'ledger.append_entries', own(other, first.bytes))).toBe('bad-request');
    expect(await refusal(way, 'ledger.append_entries', own(session_id, first.bytes.slice(0, -1)))).toBe('bad-request');
    expect((await ask(way, 'ledger.read_entries', { session_id, after: 0 })).entries).toEqual([]);
    const head = encodeHead({ generation: 1, n: 5, chain: new Uint8Array(32), signature: new Uint8Array(64) });
    const record = encodeRecord({
      n: 5,
      verdict: verdicts.ok,
      stream: first.stream,
      seq: 1,
      hash: first.hash,
      receivedAt: 1,
      skeletonSha256: null,
    });
    expect(await refusal(way, 'ledger.append_records', { session_id, first_n: 5, records: [record], head })).toBe('bad-request');
    expect(await refusal(way, 'ledger.append_records', { session_id, first_n: 1, records: [record], head })).toBe('bad-request');
    expect(await refusal(way, 'ledger.append_records', { session_id, first_n: 5, records: [record], head: record })).toBe('bad-request');
    expect(await refusal(way, 'ledger.put_checkpoint', { session_id, head: record, body: record })).toBe('bad-request');
    expect(await ask(way, 'ledger.read_checkpoint', { session_id, device_id: 'ab'.repeat(16) })).toEqual({ checkpoint: null });
  });

  test(`[${name}] drafts: what was put away, what is kept, and where there are any, each person's own`, async () => {
    const way = await openNoted();
    const session_id = sessionId;
    const [one, two] = ['a'.repeat(64), 'b'.repeat(64)];
    expect(await refusal(way, 'drafts.dismissed', { session_id })).toBe('unauthorized');
    expect(await ask(way, 'drafts.sessions', {})).toEqual([]);
    await ask(way, 'account.register', ann);
    let changes = 0;
    way.on('sessions.changed', () => {
      changes += 1;
    });
    await ask(way, 'drafts.dismiss', { session_id, marks: [one, two] });
    await ask(way, 'drafts.dismiss', { session_id, marks: [two] });
    await ask(way, 'drafts.restore', { session_id, marks: [one] });
    expect(await ask(way, 'drafts.dismissed', { session_id })).toEqual({ marks: [two] });
    const draft = { song_id: sessionId, text: '{title: Mine}\r\n', entry_count: 3, since: 1_800_000_000_000, marks: [one, two] };
    await ask(way, 'drafts.keep', { session_id, drafts: [{ ...draft, text: 'before' }] });
    await ask(way, 'drafts.keep', { session_id, drafts: [draft] });
    expect(await ask(way, 'drafts.kept', { session_id })).toEqual([draft]);
    const message: UnsaidWords = {
      hash: one,
      at: 1_800_000_000_000,
      kind: 'chat',
      words: { type: 'message', text: 'Again?', reply_to: null },
    };
    const mark: UnsaidWords = { hash: two, at: 1, kind: 'marker', words: { type: 'take', name: 'Take 1', song_id: null } };
    await ask(way, 'drafts.keep_words', { session_id, words: [message] });
    await ask(way, 'drafts.keep_words', { session_id, words: [mark, message] });
    expect(await ask(way, 'drafts.kept_words', { session_id })).toEqual([message, mark]);
    await ask(way, 'drafts.note', { session_id, change_count: 12 });
    expect(await ask(way, 'drafts.sessions', {})).toEqual([{ session_id, change_count: 12 }]);
    expect(changes).toBe(1);
    await ask(way, 'account.sign_out', {});
    await ask(way, 'account.register', { ...ann, email: 'bob@example.org' });
    expect(await ask(way, 'drafts.sessions', {})).toEqual([]);
    expect(await ask(way, 'drafts.dismissed', { session_id })).toEqual({ marks: [] });
    expect(await ask(way, 'drafts.kept', { session_id })).toEqual([]);
    expect(await ask(way, 'drafts.kept_words', { session_id })).toEqual([]);
    await ask(way, 'account.sign_out', {});
    await ask(way, 'account.sign_in', { email: ann.email, password: ann.password });
    await ask(way, 'drafts.note', { session_id, change_count: 0 });
    expect(await ask(way, 'drafts.sessions', {})).toEqual([]);
    expect(await refusal(way, 'drafts.dismiss', { session_id, marks: ['short'] })).toBe('bad-request');
  });

  test(`[${name}] a recording is kept in parts, counts when it is whole, is each person's own, and goes with its session`, async () => {
    const way = await openNoted();
    const session_id = sessionId;
    const recording_id = makeUuid(1_800_000_000_001, systemRandom);
    expect(await refusal(way, 'recordings.kept', { session_id })).toBe('unauthorized');
    const { id: user_id } = await ask(way, 'account.register', ann);
    const at = '2026-11-20T19:00:00.000Z';
    const events = (relative_ms: number): ArgsOf<'recordings.keep'>['events'] => [
      { type: 'user_joined', user_id, relative_ms, at, data: {} },
    ];
    const recording = {
      id: recording_id,
      status: 'finished' as const,
      started_at: at,
      ended_at: at,
      duration_ms: 60_000,
      event_count: 2,
      generation: 1,
      from_n: 0,
      to_n: 9,
      bytes: 100,
      started_by: null,
      ended_because: 'asked' as const,
    };
    const of = { session_id, recording_id };
    await ask(way, 'recordings.keep', { ...of, part: 0, events: events(1) });
    // Cut off there.
    expect(await ask(way, 'recordings.kept', { session_id })).toEqual([]);
    expect(await refusal(way, 'recordings.finish', { session_id, recording, part_count: 2 })).toBe('bad-request');
    await ask(way, 'recordings.keep', { ...of, part: 1, events: events(2) });
    await ask(way, 'recordings.keep', { ...of, part: 2, events: events(3) });
    await ask(way, 'recordings.finish', { session_id, recording, part_count: 2 });
    expect(await ask(way, 'recordings.kept', { session_id })).toEqual([{ recording, part_count: 2 }]);
    expect(await ask(way, 'recordings.read', { ...of, part: 1 })).toEqual({ events: events(2) });
    expect(await refusal(way, 'recordings.read', { ...of, part: 2 })).toBe('not-found');
    const page = { checkpoint: { head: 'AA==', offset: 0, part: 'AQ==' }, records: ['Ag=='], entries: [], head: null, next_cursor: 'n.1' };
    expect(await ask(way, 'recordings.read_ledger', { ...of, part: 0 })).toBe(null);
    await ask(way, 'recordings.keep_ledger', { ...of, part: 0, page });
    expect(await ask(way, 'recordings.read_ledger', { ...of, part: 0 })).toEqual(page);

    await ask(way, 'account.sign_out', {});
    await ask(way, 'account.register', { ...ann, email: 'cy@example.org' });
    expect(await ask(way, 'recordings.kept', { session_id })).toEqual([]);
    expect(await refusal(way, 'recordings.read', { ...of, part: 1 })).toBe('not-found');
    await ask(way, 'recordings.drop', of);
    await ask(way, 'account.sign_out', {});
    await ask(way, 'account.sign_in', { email: ann.email, password: ann.password });
    expect(await ask(way, 'recordings.kept', { session_id })).toHaveLength(1);
    await ask(way, 'recordings.drop', of);
    expect(await ask(way, 'recordings.kept', { session_id })).toEqual([]);
    expect(await ask(way, 'recordings.read_ledger', { ...of, part: 0 })).toBe(null);
    await ask(way, 'recordings.keep', { ...of, part: 0, events: events(1) });
    await ask(way, 'recordings.finish', { session_id, recording, part_count: 1 });
    await ask(way, 'sessions.forget', { session_id });
    expect(await ask(way, 'recordings.kept', { session_id })).toEqual([]);
  });

  test(`[${name}] what the server cannot be asked now is kept, can be changed, tried again and taken away`, async () => {
    const way = await openNoted();
    const plan = { name: 'Cellar', template_id: 'band-practice', access_mode: 'link-access' as const, song_ids: [], invitations: [] };
    expect(await refusal(way, 'outbox.prepare', { plan })).toBe('unauthorized');
    const authority = await startAuthority(systemClock);
    await ask(way, 'server.choose', { url: authority.url });
    await ask(way, 'account.register', ann);
    const renamed = { operation: 'updateSession' as const, about: '' };
    expect(await ask(way, 'outbox.prepare', { plan })).toMatchObject({ state: 'done', output: { name: 'Cellar', role: 'owner' } });
    expect(await refusal(way, 'outbox.prepare', { plan: { ...plan, template_id: 'none' } })).toBe('unprocessable');
    expect(await refusal(way, 'outbox.send', { ...renamed, input: { id: sessionId, name: 'x' } })).toBe('not-found');
    expect(await refusal(way, 'outbox.send', { ...renamed, input: { id: sessionId, nme: 'x' } })).toBe('bad-request');
    expect(await ask(way, 'outbox.list', {})).toEqual({ items: [], unsent: [], elsewhere_count: 0 });
    expect(await ask(way, 'templates.known', {})).toEqual([]);
    const told = await ask(way, 'authority.request', { operation: 'listTemplates', input: {} });
    await authority.close();
    expect({ items: await ask(way, 'templates.known', {}), next_cursor: null }).toEqual(told);
    let changes = 0;
    way.on('outbox.changed', () => (changes += 1));
    const first = await ask(way, 'outbox.send', { ...renamed, input: { id: sessionId, name: 'Attic' } });
    const second = await ask(way, 'outbox.prepare', { plan });
    if (first.state !== 'waiting' || second.state !== 'waiting') throw new Error('it waits');
    await ask(way, 'outbox.change', { id: second.id, plan: { ...plan, name: 'Attic' } });
    await ask(way, 'outbox.again', { id: first.id });
    await ask(way, 'outbox.note_unsent', { session_id: sessionId, change_count: 3 });
    expect(await ask(way, 'outbox.list', {})).toMatchObject({
      items: [
        { id: first.id, kind: 'request', operation: 'updateSession', session_id: sessionId, state: 'waiting' },
        { id: second.id, kind: 'session', plan: { name: 'Attic' }, state: 'waiting', is_sent: false },
      ],
      unsent: [{ session_id: sessionId, change_count: 3 }],
      elsewhere_count: 0,
    });
    expect(await refusal(way, 'outbox.change', { id: first.id, plan })).toBe('wrong-status');
    await ask(way, 'outbox.drop', { id: first.id });
    expect(await refusal(way, 'outbox.drop', { id: first.id })).toBe('not-found');
    await ask(way, 'outbox.note_unsent', { session_id: sessionId, change_count: 0 });
    expect(changes).toBeGreaterThan(3);
    await ask(way, 'account.sign_out', {});
    expect(await ask(way, 'outbox.list', {})).toEqual({ items: [], unsent: [], elsewhere_count: 1 });
  });

  test(`[${name}] a meeting point is chosen, the app hosts, and both are told to every window`, async () => {
    const way = await openNoted();
    expect(await ask(way, 'relay.state', {})).toEqual({ url: null, hosted_url: null });
    let told = 0;
    way.on('relay.changed', () => (told += 1));
    const url = 'http://192.168.7.7:4777';
    expect(await ask(way, 'relay.use', { url })).toEqual({ url, hosted_url: null });
    await expect.poll(() => told).toBe(1);
    // Without multicast nobody is found, and that is said.
    expect(await ask(way, 'nearby.look', {})).toEqual({ servers: [], is_possible: false });
    let hosted = 0;
    way.on('hosting.changed', () => (hosted += 1));
    expect(await ask(way, 'hosting.state', {})).toMatchObject({ address: null, at: null, people: [] });
    expect(await ask(way, 'hosting.choose', { address: secondLoopback })).toMatchObject({ address: secondLoopback, problem: null });
    expect(await ask(way, 'relay.state', {})).toEqual({ url, hosted_url: (await ask(way, 'app.state', {})).server?.url });
    expect(await ask(way, 'hosting.choose', { address: null })).toMatchObject({ address: null, at: null });
    expect(await ask(way, 'relay.state', {})).toEqual({ url, hosted_url: null });
    expect(await refusal(way, 'hosting.choose', { address: '192.0.2.77' })).toBe('unprocessable');
    expect(await refusal(way, 'hosting.choose', { address: 'chords.example.org' })).toBe('bad-request');
    await expect.poll(() => hosted).toBe(2);
  });

  test(`[${name}] a program that was not installed does not look for new versions`, async () => {
    const way = await openNoted();
    expect(await ask(way, 'updates.state', {})).toBeNull();
    expect(await ask(way, 'updates.use', { feed: 'https://band.example/' })).toBeNull();
    for (const call of ['updates.look', 'updates.fetch', 'updates.install'] as const) expect(await ask(way, call, {})).toBeNull();
    expect(await refusal(way, 'updates.use', { feed: 'http://band.example/' })).toBe('bad-request');
  });

  test(`[${name}] [R-MEM-4] a session that is over is dropped; its last statement stays, so that kept drafts can be looked at`, async () => {
    const way = await openNoted();
    await ask(way, 'ledger.put_statement', { session_id: sessionId, statement: 'the last one' });
    await ask(way, 'sessions.forget', { session_id: sessionId });
    expect(await ask(way, 'ledger.read_statement', { session_id: sessionId })).toEqual({ statement: 'the last one' });
    expect(await ask(way, 'ledger.read_entries', { session_id: sessionId, after: 0 })).toEqual({ entries: [], next: null });
  });

  test(`[${name}] every call refuses what its row does not name`, async () => {
    const way = await openNoted();
    for (const call of Object.keys(calls) as CallName[]) {
      for (const args of [{ no_such_argument: 1 }, null, [], 'x', 1]) {
        expect([call, args, await way.invoke(call, args)]).toMatchObject([call, args, { ok: false, code: 'bad-request' }]);
      }
    }
    for (const call of ['no.such', '', 'constructor', '__proto__', 'hasOwnProperty']) {
      expect(await way.invoke(call, {})).toMatchObject({ ok: false, code: 'bad-request' });
    }
  });

  afterAll(() => {
    expect([...made].sort()).toEqual(Object.keys(calls).sort());
  });
}

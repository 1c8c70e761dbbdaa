import { expect, test } from 'vitest';
import type { ConnectionState } from '../../../../src-renderer/session/live-session.ts';
import { SongTitles } from '../../../../src-renderer/session/song-titles.ts';
import { readConnection } from '../../../../src-renderer/session/live-snapshot.ts';
import type { PresenceState } from '../../../../src-renderer/session/presence.ts';
import { Band, settled, type Member } from '../../../support/band.ts';
import { Pipe } from '../../../support/pipe.ts';

function userOf(member: Member): string {
  return member.ledger.device(member.device)?.user_id ?? '';
}

/** What the member's window would say; `here` are those whose presence came through the server. */
function connectionOf(member: Member, here: readonly Member[] = []): ConnectionState {
  return readConnection({
    ledger: member.ledger,
    views: member.replica.views,
    authorityView: member.replica.authorityView,
    presence: new Map(here.map((other, at): [number, PresenceState] => [at + 100, { user_id: userOf(other) }])),
    ownClient: 7,
    ownUserId: userOf(member),
    ownDevice: member.device,
    isClosed: false,
    isStoring: true,
    drafts: { count: 0, why: null },
    unsaid: { count: 0, why: null },
    words: { chat: [], comments: [], marks: [] },
    titles: new SongTitles(),
    troubles: [],
  });
}

test('[R-LNK-6] alone, through the server, live, without the server, offline: each only while it is so', async () => {
  const band = await Band.open();
  const [ann, bob] = [await band.join('ann', 'owner'), await band.join('bob', 'editor')];
  expect(connectionOf(ann)).toEqual({ kind: 'offline', unsent: 0 });
  const line = new Pipe(ann, band);
  new Pipe(bob, band);
  await settled(() => band.members.every((member) => member.replica.authorityView?.n === 0), band);
  expect(connectionOf(ann)).toEqual({ kind: 'alone' });
  expect(connectionOf(ann, [bob])).toEqual({ kind: 'through-server' });
  const mesh = new Pipe(ann, bob);
  await settled(() => connectionOf(ann, [bob]).kind === 'live', band);
  expect(connectionOf(ann, [bob])).toEqual({ kind: 'live', others: 1, isServerReachable: true });
  line.cut();
  expect(connectionOf(ann)).toEqual({ kind: 'live', others: 1, isServerReachable: false });
  mesh.cut();
  expect(connectionOf(ann)).toEqual({ kind: 'offline', unsent: 0 });
  ann.type(0, 'later');
  await settled(() => ann.entriesMade.length === 1, band);
  expect(connectionOf(ann)).toEqual({ kind: 'offline', unsent: 1 });
  new Pipe(ann, band);
  await settled(() => connectionOf(ann).kind === 'alone' && bob.ledger.n === 1, band);
  expect(ann.ledger.n).toBe(1);
});

test('[R-LNK-6] who is behind says so, and is not live before everything is here', async () => {
  const band = await Band.open();
  const [ann, late] = [await band.join('ann', 'owner'), await band.join('late', 'editor')];
  new Pipe(ann, band);
  await settled(() => ann.replica.views.length === 1, band);
  const words = 40;
  for (let at = 0; at < words; at++) {
    ann.type(0, `word${at} `);
    await settled(() => ann.entriesMade.length === at + 1, band);
  }
  await settled(() => ann.ledger.n === words, band);
  new Pipe(late, ann);
  const said: ConnectionState[] = [];
  await settled(() => {
    const state = connectionOf(late);
    if (late.ledger.n < words - 1) said.push(state);
    return late.ledger.n === words && state.kind === 'live';
  }, band);
  expect(said.filter(({ kind }) => kind === 'live')).toEqual([]);
  expect(new Set(said.map(({ kind }) => kind))).toContain('catching-up');
});

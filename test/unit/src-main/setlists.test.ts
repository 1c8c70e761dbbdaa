import { beforeEach, describe, expect, test } from 'vitest';
import { ask, refusal } from '../../support/ask.ts';
import { openTestCore, type TestCore } from '../../support/test-core.ts';

const nobody = '0192f0c1-2345-7abc-8def-0123456789ab';
let core: TestCore;
let [a, b, c] = ['', '', ''];
const create = async (title: string): Promise<string> => (await ask(core, 'library.create', { chordpro: `{title: ${title}}` })).id;
const songsOf = async (id: string) => (await ask(core, 'setlists.list', {})).find((each) => each.id === id)?.song_ids;

beforeEach(async () => {
  core = await openTestCore();
  [a, b, c] = [await create('A'), await create('B'), await create('C')];
});

describe('setlists', () => {
  test('hold each song once, in the order that was made; kept over a restart', async () => {
    const { id, song_ids } = await ask(core, 'setlists.create', { name: ' Friday ', song_ids: [a, b, a] });
    expect(song_ids).toEqual([a, b]);
    await ask(core, 'setlists.put_song', { id, song_id: c, after: a });
    expect(await songsOf(id)).toEqual([a, c, b]);
    await ask(core, 'setlists.put_song', { id, song_id: b, after: null });
    await ask(core, 'setlists.put_song', { id, song_id: a, after: nobody });
    await ask(core, 'setlists.rename', { id, name: 'Sunday' });
    await core.close();
    core = await openTestCore({ dataDir: core.dataDir });
    expect(await ask(core, 'setlists.list', {})).toMatchObject([{ id, name: 'Sunday', song_ids: [b, c, a] }]);
    await ask(core, 'setlists.take_song', { id, song_id: c });
    expect(await songsOf(id)).toEqual([b, a]);
  });

  test('a song that is removed from the library comes back to its place', async () => {
    const { id } = await ask(core, 'setlists.create', { name: 'Friday', song_ids: [a, b, c] });
    await ask(core, 'library.remove', { id: b });
    expect(await songsOf(id)).toEqual([a, c]);
    await ask(core, 'setlists.put_song', { id, song_id: c, after: null });
    await ask(core, 'library.restore', { id: b });
    expect(await songsOf(id)).toEqual([c, a, b]);
  });

  test('a removal is undone with everything in place', async () => {
    const { id } = await ask(core, 'setlists.create', { name: 'Friday', song_ids: [b, a] });
    await ask(core, 'setlists.remove', { id });
    expect(await ask(core, 'setlists.list', {})).toEqual([]);
    const refused = [
      await refusal(core, 'setlists.remove', { id }),
      await refusal(core, 'setlists.rename', { id, name: 'x' }),
      await refusal(core, 'setlists.put_song', { id, song_id: a, after: null }),
      await refusal(core, 'setlists.take_song', { id, song_id: a }),
    ];
    expect(refused).toEqual(refused.map(() => 'not-found'));
    await ask(core, 'setlists.restore', { id });
    expect(await songsOf(id)).toEqual([b, a]);
    expect(await refusal(core, 'setlists.restore', { id })).toBe('not-found');
  });

  test('songs that the library does not have, and names of nothing, are refused', async () => {
    expect(await refusal(core, 'setlists.create', { name: 'Friday', song_ids: [a, nobody] })).toBe('not-found');
    expect(await ask(core, 'setlists.list', {})).toEqual([]);
    expect(await refusal(core, 'setlists.create', { name: '  ', song_ids: [] })).toBe('bad-request');
    const { id } = await ask(core, 'setlists.create', { name: 'Friday', song_ids: [] });
    expect(await refusal(core, 'setlists.put_song', { id, song_id: nobody, after: null })).toBe('not-found');
    expect(await refusal(core, 'setlists.rename', { id, name: 'x'.repeat(256) })).toBe('bad-request');
  });
});

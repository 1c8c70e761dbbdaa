import { beforeEach, describe, expect, test } from 'vitest';
import { ask, refusal } from '../../support/ask.ts';
import { openTestCore, type TestCore } from '../../support/test-core.ts';

let core: TestCore;
const create = async (chordpro: string): Promise<string> => (await ask(core, 'library.create', { chordpro })).id;
const tagsOf = async (id: string) => (await ask(core, 'library.get', { id })).tags;
const setTags = (id: string, ...tags: string[]) => ask(core, 'library.set_tags', { id, tags });
const found = async (q: string, ...tags: string[]) => {
  const { songs, total_count } = await ask(core, 'library.search', { q, tags });
  expect(total_count).toBe(songs.length);
  return songs.map(({ title }) => title);
};

beforeEach(async () => {
  core = await openTestCore();
});

describe('tags', () => {
  test('by the alphabet, each once, in the spelling that is there already; kept over a restart and a removal', async () => {
    const [one, two] = [await create('{title: One}'), await create('{title: Two}')];
    expect((await setTags(one, 'slow', 'Carol', 'CAROL')).tags).toEqual(['Carol', 'slow']);
    expect((await setTags(two, 'SLOW')).tags).toEqual(['slow']);
    await ask(core, 'library.remove', { id: one });
    await ask(core, 'library.restore', { id: one });
    await core.close();
    core = await openTestCore({ dataDir: core.dataDir });
    expect((await ask(core, 'library.list', {})).map(({ tags }) => tags)).toEqual([['Carol', 'slow'], ['slow']]);
    // Who changes its only song's tag writes it anew.
    expect((await setTags(one, 'CAROL')).tags).toEqual(['CAROL']);
    expect((await setTags(one)).tags).toEqual([]);
  });

  test('what no directive could hold is refused', async () => {
    const id = await create('x');
    const many = Array.from({ length: 51 }, (_, at) => `${at}`);
    for (const tags of [[''], [' a'], ['a  b'], ['a\nb'], ['a}'], ['x'.repeat(51)], many]) {
      expect([tags, await refusal(core, 'library.set_tags', { id, tags })]).toEqual([tags, 'bad-request']);
    }
    expect(await refusal(core, 'library.set_tags', { id: '0192f0c1-2345-7abc-8def-0123456789ab', tags: [] })).toBe('not-found');
  });

  test('renamed everywhere, in removed songs too; who has both keeps one; undo gives back what each had', async () => {
    const [one, both, gone] = [await create('{title: One}'), await create('{title: Two}'), await create('{title: Three}')];
    const other = await create('{title: Four}');
    await setTags(one, 'slow', 'carol');
    await setTags(both, 'slow', 'Ballad');
    await setTags(gone, 'slow');
    await setTags(other, 'carol');
    await ask(core, 'library.remove', { id: gone });
    const before = await ask(core, 'library.rename_tag', { tag: 'SLOW', name: 'ballad' });
    expect([await tagsOf(one), await tagsOf(both), await tagsOf(other)]).toEqual([['ballad', 'carol'], ['ballad'], ['carol']]);
    await ask(core, 'library.put_tags', { songs: before });
    await ask(core, 'library.restore', { id: gone });
    expect([await tagsOf(one), await tagsOf(both), await tagsOf(gone)]).toEqual([['carol', 'slow'], ['Ballad', 'slow'], ['slow']]);
    // Only its capitals.
    await ask(core, 'library.rename_tag', { tag: 'slow', name: 'Slow' });
    expect([await tagsOf(one), await tagsOf(gone)]).toEqual([['carol', 'Slow'], ['Slow']]);
    expect(await ask(core, 'library.rename_tag', { tag: 'nobody has it', name: 'x' })).toEqual([]);
    expect(await ask(core, 'library.rename_tag', { tag: 'carol', name: 'SLOW' })).toHaveLength(2);
    expect(await tagsOf(other)).toEqual(['Slow']);
    await ask(core, 'library.put_tags', { songs: [{ id: '0192f0c1-2345-7abc-8def-0123456789ab', tags: ['lost'] }] });
    expect(await refusal(core, 'library.rename_tag', { tag: 'Slow', name: '' })).toBe('bad-request');
  });

  test('a search finds only songs that have every tag', async () => {
    const [evening, morning] = [await create('{title: River evening}\nla la'), await create('{title: River morning}\nla la')];
    await setTags(evening, 'slow', 'carol');
    await setTags(morning, 'slow');
    for (const q of ['river', 'ri', 'la la', 'la river']) {
      expect([q, await found(q)]).toEqual([q, ['River evening', 'River morning']]);
      expect([q, await found(q, 'SLOW')]).toEqual([q, ['River evening', 'River morning']]);
      expect([q, await found(q, 'slow', 'carol')]).toEqual([q, ['River evening']]);
      expect([q, await found(q, 'no')]).toEqual([q, []]);
    }
  });

  test('the text names tags: when it comes, and when it changes; what was given by hand stays', async () => {
    const id = await create('{title: A}\n{tag: Slow}\n{meta: tag Carol}\n');
    expect(await tagsOf(id)).toEqual(['Carol', 'Slow']);
    await setTags(id, 'mine', 'Slow');
    await ask(core, 'library.save', { id, chordpro: '{title: A}\n{tag: new}\n' });
    expect(await tagsOf(id)).toEqual(['mine', 'new']);
    await ask(core, 'library.save', { id, chordpro: '{title: B}\n{tag: new}\n' });
    expect(await tagsOf(id)).toEqual(['mine', 'new']);
  });

  test('the file of a song names its tags, and brings them back; without them it is the very file that was imported', async () => {
    const content = new TextEncoder().encode('{title: A}\r\n[G]la\r\n');
    const { songs } = await ask(core, 'library.import', { files: [{ name: 'a.cho', content }] });
    const id = songs[0]?.id ?? '';
    await setTags(id, 'slow', 'for Ann');
    const file = await ask(core, 'library.export', { id });
    expect(new TextDecoder().decode(file.content)).toBe('{title: A}\r\n{tag: for Ann}\r\n{tag: slow}\r\n[G]la\r\n');
    const again = await ask(core, 'library.import', { files: [file] });
    expect(again.songs[0]?.tags).toEqual(['for Ann', 'slow']);
    await setTags(id);
    expect((await ask(core, 'library.export', { id })).content).toEqual(content);
  });
});

import { describe, expect, test } from 'vitest';
import { ask } from '../../support/ask.ts';
import { openTestCore } from '../../support/test-core.ts';

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const song = '{title: Silent Night}\n{artist: Gruber}\n{key: G}\n[G]Si[D]lent night\n';

describe('library', () => {
  test('a new song is listed by what its text says, saved, and found by lyrics that chords stand in', async () => {
    const core = await openTestCore();
    const made = await ask(core, 'library.create', { chordpro: song });
    expect(made).toMatchObject({ title: 'Silent Night', artist: 'Gruber', key: 'G', chordpro: song });
    const saved = await ask(core, 'library.save', { id: made.id, chordpro: song.replace('Silent Night', 'Stille Nacht, heilige Nächte') });
    expect(saved.title).toBe('Stille Nacht, heilige Nächte');
    for (const q of ['silent night', 'NACHTE', 'gruber']) {
      const { songs } = await ask(core, 'library.search', { q });
      expect(songs.map(({ id }) => id)).toEqual([made.id]);
    }
    for (const q of ['silent_night', '%', '"', 'AND', '', ' ', 'a*', 'title:']) {
      expect([q, (await ask(core, 'library.search', { q })).songs]).toEqual([q, []]);
    }
  });

  test('a removal is undone with everything in place; what is gone is not found', async () => {
    const core = await openTestCore();
    const { id } = await ask(core, 'library.create', { chordpro: song });
    await ask(core, 'library.remove', { id });
    expect(await ask(core, 'library.list', {})).toEqual([]);
    expect(await core.handle('library.get', { id })).toMatchObject({ ok: false, code: 'not-found' });
    expect(await core.handle('library.save', { id, chordpro: 'x' })).toMatchObject({ ok: false, code: 'not-found' });
    expect(await core.handle('library.remove', { id })).toMatchObject({ ok: false, code: 'not-found' });
    expect(await ask(core, 'library.restore', { id })).toMatchObject({ id, title: 'Silent Night' });
    expect((await ask(core, 'library.get', { id })).chordpro).toBe(song);
    expect(await core.handle('library.restore', { id })).toMatchObject({ ok: false, code: 'not-found' });
  });

  const files: [name: string, content: Uint8Array<ArrayBuffer>, text: string][] = [
    ['mixed line ends', utf8('{title: A}\r\n[G]one\ntwo\rthree\r\n'), '{title: A}\r\n[G]one\ntwo\rthree\r\n'],
    ['windows-1252', new Uint8Array([0x46, 0xfc, 0x72, 0x20, 0x93, 0x45, 0x6c, 0x69, 0x73, 0x65, 0x94, 0x20, 0x80]), 'Für “Elise” €'],
    ['UTF-8 with a mark', new Uint8Array([0xef, 0xbb, 0xbf, ...utf8('{title: Ä}')]), '{title: Ä}'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x41, 0, 0xe4, 0]), 'Aä'],
    ['UTF-32', new Uint8Array([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0, 0xe4, 0, 0, 0]), 'Aä'],
    ['UTF-8 of four scripts', utf8('{title: Շնորհ שלום 静 🎵}'), '{title: Շնորհ שלום 静 🎵}'],
  ];
  test.each(files)(
    'import of %s keeps the bytes: export is equal until the text changes, and again after its undo',
    async (_, content, text) => {
      const core = await openTestCore();
      const { songs, problems } = await ask(core, 'library.import', { files: [{ name: 'a song.crd', content }] });
      expect(problems).toEqual([]);
      const id = songs[0]?.id ?? '';
      expect((await ask(core, 'library.get', { id })).chordpro).toBe(text);
      expect(await ask(core, 'library.export', { id })).toEqual({ name: 'a song.crd', content });
      await ask(core, 'library.save', { id, chordpro: `${text}\nmore Ω` });
      expect((await ask(core, 'library.export', { id })).content).toEqual(utf8(`${text}\nmore Ω`));
      await ask(core, 'library.save', { id, chordpro: text });
      expect((await ask(core, 'library.export', { id })).content).toEqual(content);
    },
  );

  test('each file that is no song is named with its reason, the others come in', async () => {
    const core = await openTestCore();
    const report = await ask(core, 'library.import', {
      files: [
        { name: 'picture.cho', content: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]) },
        { name: 'empty.cho', content: new Uint8Array() },
        { name: 'huge.cho', content: new Uint8Array(2 * 1024 * 1024 + 1).fill(97) },
        { name: 'good.cho', content: utf8(song) },
      ],
    });
    expect(report.songs.map(({ title }) => title)).toEqual(['Silent Night']);
    expect(report.problems.map(({ file }) => file)).toEqual(['picture.cho', 'empty.cho', 'huge.cho']);
  });

  test('a file name from a hostile archive leads nowhere on export', async () => {
    const core = await openTestCore();
    const { songs } = await ask(core, 'library.import', { files: [{ name: '../../.bashrc', content: utf8(song) }] });
    const { name } = await ask(core, 'library.export', { id: songs[0]?.id ?? '' });
    expect(name).toBe('bashrc.cho');
  });

  test('changes are told to the window, reads are not', async () => {
    const core = await openTestCore();
    const told: string[] = [];
    core.on((name) => void told.push(name));
    const { id } = await ask(core, 'library.create', { chordpro: song });
    await ask(core, 'library.save', { id, chordpro: song });
    await ask(core, 'library.list', {});
    await ask(core, 'library.remove', { id });
    expect(told).toEqual(['library.changed', 'library.changed']);
  });
});

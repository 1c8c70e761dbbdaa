import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { commands } from '../../shared/ipc/commands.ts';
import { eventChannel, invokeChannel } from '../../src-main/electron/channels.ts';
import { songEndings } from '../../src-main/electron/read-song-files.ts';
import type { ElectronDouble } from '../support/electron-double.ts';
import { startShellDouble } from '../support/electron-shell.ts';
import { testDirectory } from '../support/test-core.ts';

/** What the page of the window was told, of one event. */
function told(double: ElectronDouble, event: string, window = 0): unknown[] {
  return (double.windows[window]?.sent ?? []).flatMap(([channel, name, payload]) =>
    channel === eventChannel && name === event ? [payload] : [],
  );
}

async function result(double: ElectronDouble, name: string, args: object = {}): Promise<unknown> {
  const reply = (await double.invoke(invokeChannel, [name, args])) as { ok: boolean; result?: unknown };
  expect([name, reply.ok]).toEqual([name, true]);
  return reply.result;
}

const key = 'k'.repeat(43);
const link = `chordme://join?server=http%3A%2F%2Fband.example%3A4777&key=${key}&code=abcd2345`;
const place = `/join?server=http%3A%2F%2Fband.example%3A4777&key=${key}&code=ABCD2345`;

function songFile(name: string, content: string): string {
  const path = join(testDirectory(), name);
  writeFileSync(path, content);
  return path;
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text));
}

describe('windows', () => {
  test('open as large and where they were, full when they were full', async () => {
    const userData = join(testDirectory(), 'user');
    const first = await startShellDouble({ userData });
    const [window] = first.windows;
    if (window === undefined) throw new Error('no window');
    expect(window.options).toMatchObject({ width: 1280, height: 800 });
    window.bounds = { x: 300, y: 40, width: 1000, height: 700 };
    window.done.push('maximize');
    window.emit('close');
    first.choose('New window');
    expect(first.windows[1]?.options).toMatchObject({ x: 300, y: 40, width: 1000, height: 700 });
    expect(first.windows[1]?.done).toEqual(['maximize']);
  });

  test('on a display that is gone, or in a place that nobody can read: in the middle of one that is there', async () => {
    const double = await startShellDouble();
    const [window] = double.windows;
    if (window === undefined) throw new Error('no window');
    window.bounds = { x: 2_500, y: 100, width: 1_000, height: 700 };
    window.emit('close');
    double.choose('New window');
    expect(double.windows[1]?.options).toMatchObject({ width: 1_000, height: 700 });
    expect(double.windows[1]?.options).not.toHaveProperty('x');
    double.displays.push({ x: 1_920, y: 0, width: 1_920, height: 1_080 });
    double.choose('New window');
    expect(double.windows[2]?.options).toMatchObject({ x: 2_500, y: 100 });
    window.bounds = { x: 0, y: Number.NaN, width: 1, height: 1 };
    window.emit('close');
    double.choose('New window');
    expect(double.windows[3]?.options).toMatchObject({ width: 1_280, height: 800 });
  });

  test('a second start brings the first one in front; the last window closed is the end, but on macOS', async () => {
    const second = await startShellDouble({ isFirstInstance: false });
    expect([second.app.hasQuit, second.windows.length]).toEqual([true, 0]);
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      const double = await startShellDouble({ shell: { platform } });
      const [window] = double.windows;
      if (window === undefined) throw new Error('no window');
      window.isSmall = true;
      double.app.emit('second-instance', ['/opt/chordme'], '/');
      await vi.waitUntil(() => window.done.includes('focus'));
      expect(window.done).toEqual(['restore', 'show', 'focus']);
      window.emit('closed');
      double.app.emit('window-all-closed');
      expect([platform, double.app.hasQuit]).toEqual([platform, platform !== 'darwin']);
      double.app.emit('activate');
      expect(double.windows).toHaveLength(2);
    }
  });
});

describe('menu', () => {
  test.each(['linux', 'win32', 'darwin'] as const)(
    'on %s: every command reaches the window in front, and the usual places are there',
    async (platform) => {
      const double = await startShellDouble({ shell: { platform } });
      expect(double.menu()[0]?.label).toBe(platform === 'darwin' ? 'ChordMe' : 'File');
      // Files come by the system's dialog here.
      const inMenu = Object.keys(commands).filter((name) => name !== 'import-songs');
      for (const name of inMenu) double.choose(name);
      expect(told(double, 'app.command')).toEqual(inMenu.map((command) => ({ command })));
      const roles = double
        .menu()
        .flatMap(({ role, submenu }) => [role, ...(Array.isArray(submenu) ? submenu.map((each) => each.role) : [])]);
      for (const role of ['editMenu', 'windowMenu', 'quit', 'zoomIn', 'togglefullscreen'] as const) expect(roles).toContain(role);
      expect(double.item('find')).toMatchObject({ accelerator: 'CmdOrCtrl+K', registerAccelerator: false });
      expect(double.item('new-song')).toMatchObject({ accelerator: 'CmdOrCtrl+N', registerAccelerator: true });
      const keys = Object.values(commands).flatMap(({ accelerator }) => accelerator ?? []);
      expect(new Set(keys).size).toBe(keys.length);
    },
  );

  test('with two windows the one in front hears it; with none, the one that it opens', async () => {
    const double = await startShellDouble({ shell: { platform: 'darwin' } });
    double.choose('New window');
    double.windows[0]?.emit('focus');
    double.choose('library');
    expect([told(double, 'app.command', 0), told(double, 'app.command', 1)]).toEqual([[{ command: 'library' }], []]);
    for (const window of double.windows) window.emit('closed');
    double.choose('templates');
    expect(double.windows).toHaveLength(3);
    expect(await double.invoke(invokeChannel, ['app.take_arrivals', {}], { contentsId: 3 })).toEqual({
      ok: true,
      result: [{ kind: 'command', command: 'templates' }],
    });
  });

  test('the songs opened last are under File, and open from there', async () => {
    const double = await startShellDouble();
    expect(double.item('recent').enabled).toBe(false);
    const { id } = (await result(double, 'library.create', { chordpro: '{title: Salt & Pepper}\n{artist: Ann}' })) as { id: string };
    await result(double, 'library.opened', { id });
    await vi.waitUntil(() => double.item('recent').enabled === true);
    double.choose('Salt && Pepper · Ann');
    expect(await result(double, 'app.take_arrivals')).toEqual([{ kind: 'place', path: `/song/${id}` }]);
    await result(double, 'library.remove', { id });
    await vi.waitUntil(() => double.item('recent').enabled === false);
  });

  test('the right button: what the place allows, and words for what is misspelt', async () => {
    const double = await startShellDouble();
    const contents = double.windows[0]?.contents;
    const flags = { canCut: true, canCopy: true, canPaste: true };
    const plain = { isEditable: false, selectionText: '', editFlags: flags, misspelledWord: '', dictionarySuggestions: [] };
    contents?.emit('context-menu', plain);
    expect(double.popups).toEqual([]);
    contents?.emit('context-menu', { ...plain, selectionText: 'Silent' });
    expect(double.popups[0]).toEqual([{ role: 'copy', enabled: true }]);
    contents?.emit('context-menu', { ...plain, isEditable: true, misspelledWord: 'Silnt', dictionarySuggestions: ['Silent'] });
    double.choose('Silent');
    expect(double.windows[0]?.done).toEqual(['replace Silent']);
    expect(double.popups[1]?.map(({ role }) => role).filter((role) => role !== undefined)).toEqual(['cut', 'paste', 'selectAll']);
  });
});

describe('files and links from outside', () => {
  test('on the line of the first start, of a second one, by macOS, and by the dialog: each reaches a window, once', async () => {
    const [first, second, third, fourth] = ['a.cho', 'b.ChoPro', 'c.crd', 'd.pro'].map((name) => songFile(name, name)) as [
      string,
      string,
      string,
      string,
    ];
    const double = await startShellDouble({ shell: { opened: { files: [first], links: [] } } });
    await vi.waitUntil(() => told(double, 'app.arrived').length === 1);
    expect(await result(double, 'app.take_arrivals')).toEqual([{ kind: 'files', files: [{ name: 'a.cho', content: bytes('a.cho') }] }]);
    expect(await result(double, 'app.take_arrivals')).toEqual([]);
    double.app.emit('second-instance', ['/opt/chordme', '--no-sandbox', second, link], '/');
    double.app.emit('open-file', third);
    double.chosenFiles.push(fourth);
    double.choose('Open…');
    await vi.waitUntil(() => told(double, 'app.arrived').length === 4);
    const names = ((await result(double, 'app.take_arrivals')) as { files?: { name: string }[]; path?: string }[]).map(
      ({ files, path }) => files?.[0]?.name ?? path,
    );
    // A line with a link in it is a link's, whatever else somebody wrote there.
    expect(new Set(names)).toEqual(new Set([place, 'c.crd', 'd.pro']));
    // Files are read side by side.
    expect(new Set(double.app.recent)).toEqual(new Set([first, third, fourth]));
  });

  test('what is no song file, cannot be read, or has no end: named, and nothing else harmed', async () => {
    const directory = join(testDirectory(), 'folder.cho');
    mkdirSync(directory);
    const endless = join(testDirectory(), 'zero.cho');
    symlinkSync('/dev/zero', endless);
    const double = await startShellDouble();
    double.app.emit('open-file', '/etc/passwd');
    double.app.emit('open-file', directory);
    double.app.emit('open-file', endless);
    double.app.emit('second-instance', ['/opt/chordme', '/gone/away.cho'], '/');
    await vi.waitUntil(() => double.errors.length === 3);
    expect(double.errors.map(([, content]) => content).sort()).toEqual([
      'These could not be read: away.cho.',
      'These could not be read: folder.cho.',
      'These could not be read: zero.cho.',
    ]);
    expect(await result(double, 'app.take_arrivals')).toEqual([]);
  });

  test('a join link leads to the page that asks; any other is refused in words', async () => {
    const double = await startShellDouble({ isPackaged: true });
    expect(double.app.protocols).toEqual(['chordme']);
    double.app.emit('open-url', link);
    await vi.waitUntil(() => told(double, 'app.arrived').length === 1);
    expect(await result(double, 'app.take_arrivals')).toEqual([{ kind: 'place', path: place }]);
    // Of who hosts, without a session: the code is typed.
    double.app.emit('open-url', link.replace('&code=abcd2345', ''));
    await vi.waitUntil(async () => {
      const [arrival] = (await result(double, 'app.take_arrivals')) as { path: string }[];
      return arrival?.path === place.replace('&code=ABCD2345', '');
    });
    const server = 'server=https%3A%2F%2Fband.example';
    const wrong = [
      'chordme://settings',
      'chordme://join',
      `chordme://join/more?${server}&key=${key}&code=ABCD2345`,
      `chordme://ann:pw@join?${server}&key=${key}&code=ABCD2345`,
      `chordme://join?${server}&key=${key}&code=ABCD2345#x`,
      `chordme://join?${server}&key=${key}&code=ABCD2345&next=%2Fsettings`,
      `chordme://join?${server}&${server}&key=${key}`,
      `chordme://join?${server}&key=${key}&code=ABC`,
      `chordme://join?${server}&key=${key}&next=%2Fsettings`,
      `chordme://join?${server}&code=ABCD2345`,
      `chordme://join?${server}&key=short&code=ABCD2345`,
      `chordme://join?server=file%3A%2F%2F%2Fetc%2Fpasswd&key=${key}&code=ABCD2345`,
      `chordme://join?server=https%3A%2F%2Fann%3Apw%40band.example&key=${key}&code=ABCD2345`,
      `chordme://join?server=javascript%3Aalert(1)&key=${key}&code=ABCD2345`,
      `chordme:join?${server}&key=${key}&code=ABCD2345`,
      `https://join?${server}&key=${key}&code=ABCD2345`,
      `chordme://join?${server}&key=${key}&code=ABCD2345${' '.repeat(2_000)}`,
    ];
    for (const url of wrong) double.app.emit('open-url', url);
    await vi.waitUntil(() => double.errors.length === wrong.length);
    expect(await result(double, 'app.take_arrivals')).toEqual([]);
  });

  test('a file opened again is the song it became', async () => {
    const double = await startShellDouble();
    const file = { name: 'a.cho', content: bytes('{title: One}') };
    const first = (await result(double, 'library.import', { files: [file], keeps_known: true })) as { songs: { id: string }[] };
    await result(double, 'library.save', { id: first.songs[0]?.id, chordpro: '{title: Changed}' });
    const again = (await result(double, 'library.import', { files: [file], keeps_known: true })) as {
      songs: { id: string; title: string }[];
    };
    expect(again.songs).toMatchObject([{ id: first.songs[0]?.id, title: 'Changed' }]);
    expect(await result(double, 'library.list')).toHaveLength(1);
    // A copy is made where one is asked for, and a file of the same name with other words is another song.
    await result(double, 'library.import', { files: [file] });
    await result(double, 'library.import', { files: [{ ...file, content: bytes('{title: Two}') }], keeps_known: true });
    expect(await result(double, 'library.list')).toHaveLength(3);
  });

  test('the endings are those that the installers tell the system', () => {
    const config = readFileSync(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8');
    expect(config).toContain(`ext: [${songEndings.join(', ')}]`);
    expect(config).toContain('schemes: [chordme]');
  });
});

describe('sleep', () => {
  test('is held off while a window shows a session or a stage, and not longer', async () => {
    const double = await startShellDouble();
    const session = 'app://chordme/session/0192f0c1-2345-7abc-8def-0123456789ab';
    const go = (url: string, window = 0): unknown => double.windows[window]?.contents.emit('did-navigate-in-page', url, true);
    expect(double.blockers.size).toBe(0);
    go(session);
    expect([...double.blockers]).toEqual(['prevent-display-sleep']);
    double.choose('New window');
    double.windows[1]?.contents.emit('did-navigate', `${session}/people`);
    go('app://chordme/library');
    expect(double.blockers.size).toBe(1);
    double.windows[1]?.emit('closed');
    expect(double.blockers.size).toBe(0);
    for (const place of ['song', 'setlist']) {
      const shown = `app://chordme/${place}/0192f0c1-2345-7abc-8def-0123456789ab`;
      go(`${shown}?stage=`);
      expect([place, double.blockers.size]).toEqual([place, 1]);
      go(shown);
      expect([place, double.blockers.size]).toEqual([place, 0]);
    }
  });

  test('is over: every window hears it', async () => {
    const double = await startShellDouble();
    double.choose('New window');
    double.power.emit('resume');
    expect([told(double, 'app.woke', 0), told(double, 'app.woke', 1)]).toEqual([[{}], [{}]]);
  });
});

describe('options', () => {
  test('the tray is there when it is wanted: the app goes on without a window, comes back and quits by it', async () => {
    const double = await startShellDouble();
    expect(double.trays).toEqual([]);
    await result(double, 'app.set_option', { name: 'keeps_in_tray', is_on: true });
    expect(double.trays).toMatchObject([{ image: '/built/tray.png', isThere: true }]);
    double.windows[0]?.emit('closed');
    double.app.emit('window-all-closed');
    expect(double.app.hasQuit).toBe(false);
    double.trays[0]?.emit('click');
    expect(double.windows).toHaveLength(2);
    double.choose('Quit');
    expect(double.app.hasQuit).toBe(true);
    await double.invoke(invokeChannel, ['app.set_option', { name: 'keeps_in_tray', is_on: false }], { contentsId: 2 });
    expect(double.trays).toMatchObject([{ isThere: false }]);
  });

  test('spelling is checked only when somebody wants it', async () => {
    const double = await startShellDouble();
    expect(double.spellChecks).toEqual([false]);
    await result(double, 'app.set_option', { name: 'spell_check', is_on: true });
    expect(double.spellChecks).toEqual([false, true]);
    expect(await result(double, 'app.options')).toEqual({ spell_check: true, keeps_in_tray: false });
  });
});

test('crashes: dumps stay here, a page that ended comes back, one that ends again and again does not', async () => {
  const said: string[] = [];
  const logger = {
    info: () => {},
    error: (_: object, message: string) => void said.push(message),
    warn: (_: object, message: string) => void said.push(message),
  };
  const double = await startShellDouble({ parts: { logger } });
  expect(double.crashReports).toEqual([{ uploadToServer: false }]);
  const [window] = double.windows;
  window?.contents.emit('render-process-gone', { reason: 'clean-exit', exitCode: 0 });
  expect(window?.done).toEqual([]);
  for (let at = 0; at < 5; at += 1) window?.contents.emit('render-process-gone', { reason: 'crashed', exitCode: 5 });
  expect(window?.done).toEqual(['reload', 'reload', 'reload']);
  window?.emit('unresponsive');
  double.app.emit('child-process-gone', { type: 'GPU', reason: 'killed', exitCode: 9 });
  expect(said.slice(-3)).toEqual(['the page of a window ended', 'a window does not answer', 'a process ended']);
});

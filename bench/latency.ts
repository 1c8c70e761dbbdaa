import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, preview } from 'vite';
import { startApp, startProgram } from '../test/support/app.ts';
import { Musician } from '../test/support/musician.ts';
import { BarePage } from './bare-page.ts';

// From a key that is pressed in one window to the changed text in another's editor and to the frame that shows it, in separate
// Chromium processes on one machine: ChordMe as it is, and the same editor over y-webrtc out of the box. The two are measured in short turns, so that the machine's moods fall on
// both, and neither rests long enough for its engine to throw away what it compiled. What a rest costs is measured after that.

const root = join(import.meta.dirname, '..');
const songFile = join(root, 'test/fixtures/songs/Silent Night.cho');
const warmUpTurns = 10;
/** A p99 of 3,000 keystrokes rests on the 30 slowest; of 800, on eight, and told nothing. */
const turns = 150;
const keystrokesPerTurn = 20;
const everyMs = 60;
const rests = 5;
const restMs = 10_000;
/** The first line with words of the song, counted from 1. */
const typedLine = 9;

/** Notes when a key is pressed, when the editor's text reaches each length, and when that is painted. */
const watch = `(() => {
  const content = document.querySelector('[role=textbox][aria-label="Song source"]');
  const view = (content.cmTile ?? content.cmView).view;
  globalThis.editor = view;
  globalThis.beginTurn = () => {
    globalThis.pressed = [];
    globalThis.arrivals = new Map();
    globalThis.shown = new Map();
    globalThis.longest = view.state.doc.length;
  };
  const now = () => performance.timeOrigin + performance.now();
  const note = () => {
    const { length } = view.state.doc;
    if (length <= globalThis.longest) return;
    const fresh = [];
    while (globalThis.longest < length) fresh.push(++globalThis.longest);
    const { arrivals, shown } = globalThis;
    for (const at of fresh) arrivals.set(at, now());
    // A message sent within a frame is handled when that frame is drawn.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { for (const at of fresh) shown.set(at, now()); port1.close(); };
      port2.postMessage(null);
    });
  };
  globalThis.beginTurn();
  new MutationObserver(note).observe(content, { childList: true, subtree: true, characterData: true });
  window.addEventListener('keydown', ({ timeStamp }) => globalThis.pressed.push(performance.timeOrigin + timeStamp), { capture: true });
})()`;

/** Puts the caret at the end of a line, where keys then write. */
const putCaret = `(line) => {
  const view = globalThis.editor;
  view.focus();
  view.dispatch({ selection: { anchor: view.state.doc.line(line).to } });
}`;

/** Takes what a turn typed away again, so that each types into the same song. */
const clearText = `([count, line]) => {
  const view = globalThis.editor;
  const { to } = view.state.doc.line(line);
  view.dispatch({ changes: { from: to - count, to }, userEvent: 'delete.selection' });
}`;

async function lengthOf(page: BarePage): Promise<number> {
  return page.evaluate<number>('globalThis.editor.state.doc.length');
}

function until(page: BarePage, length: number): Promise<void> {
  return page.until(`globalThis.editor.state.doc.length === ${String(length)}`);
}

/** Of each keystroke, in ms after it was pressed. */
interface Times {
  /** Until the text of the other's editor had it. */
  arrived: number[];
  /** Until it was painted on the other's screen. */
  shown: number[];
}

/** One turn of real keys. */
async function measure(from: BarePage, to: BarePage): Promise<Times> {
  const before = await lengthOf(from);
  await from.evaluate(`(${putCaret})(${String(typedLine)})`);
  for (const page of [from, to]) await page.evaluate('globalThis.beginTurn()');
  for (let at = 0; at < keystrokesPerTurn; at++) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    await from.press('x');
  }
  const after = before + keystrokesPerTurn;
  await until(to, after);
  await to.until(`globalThis.shown.has(${String(after)})`);
  const pressed = await from.evaluate<number[]>('globalThis.pressed');
  if (pressed.length !== keystrokesPerTurn) throw new Error(`${String(pressed.length)} keys were pressed`);
  const read = async (name: string): Promise<number[]> => {
    const times = new Map(await to.evaluate<[number, number][]>(`[...globalThis.${name}]`));
    return pressed.map((at, index) => (times.get(before + index + 1) ?? Number.NaN) - at);
  };
  const times = { arrived: await read('arrivals'), shown: await read('shown') };
  await from.evaluate(`(${clearText})([${keystrokesPerTurn}, ${typedLine}])`);
  await until(to, before);
  return times;
}

function quantile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function line(name: string, times: readonly number[]): string {
  const parts = [0.5, 0.95, 0.99].map((part) => `p${String(part * 100)} ${quantile(times, part).toFixed(2)} ms`);
  return [name.padEnd(16), `n ${String(times.length)}`, ...parts, `max ${Math.max(...times).toFixed(2)} ms`].join('  ');
}

const isEditorThere = `document.querySelector('[role=textbox][aria-label="Song source"]') !== null`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function startStockSignaling(): Promise<{ url: string; process: ChildProcess }> {
  const port = await freePort();
  const child = fork(join(root, 'node_modules/y-webrtc/bin/server.js'), {
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1' },
    silent: true,
  });
  const { stdout } = child;
  if (stdout === null) throw new Error('no output');
  await once(stdout, 'data');
  return { url: `ws://127.0.0.1:${String(port)}`, process: child };
}

async function openStock(): Promise<{ pages: [BarePage, BarePage]; close: () => Promise<void> }> {
  const signaling = await startStockSignaling();
  const outDir = join(root, '.cache/latency-page');
  const config = {
    root: join(import.meta.dirname, 'latency-page'),
    configFile: false as const,
    logLevel: 'error' as const,
    plugins: [react()],
    build: { outDir, emptyOutDir: true },
  };
  await build(config);
  const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1' } });
  const url = server.resolvedUrls?.local[0] ?? `http://127.0.0.1:${String((server.httpServer.address() as AddressInfo).port)}/`;
  const open = async (): Promise<BarePage> => {
    const page = await BarePage.open(url);
    await page.until('globalThis.startStock !== undefined');
    await page.evaluate(`startStock(${JSON.stringify(signaling.url)})`);
    await page.until(isEditorThere);
    return page;
  };
  const pages: [BarePage, BarePage] = [await open(), await open()];
  for (const page of pages) await page.evaluate(watch);
  // Both edit the same song.
  const song = JSON.stringify(readFileSync(songFile, 'utf8'));
  await pages[0].evaluate(`globalThis.editor.dispatch({ changes: { from: 0, insert: ${song} } })`);
  await until(pages[1], await lengthOf(pages[0]));
  return {
    pages,
    close: async () => {
      for (const page of pages) await page.close();
      await server.close();
      signaling.process.kill();
    },
  };
}

async function openChordMe(): Promise<{ pages: [BarePage, BarePage]; close: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'chordme-bench-'));
  const server = await startProgram('src-server/main.ts', [], {
    CHORDME_DATA_DIR: dataDir,
    CHORDME_PORT: '0',
    CHORDME_RATE_LIMITS: 'off',
    CHORDME_LOG_LEVEL: 'error',
  });
  const [ann, bob] = [await Musician.start('Ann', server.url), await Musician.start('Bob', server.url)];
  await ann.createAccount();
  await bob.createAccount();
  await ann.importSong(songFile);
  await ann.page.getByText('Silent Night').first().waitFor();
  await ann.createSession('Latency', 'Band Practice', 'Silent Night');
  await bob.join(await ann.joinCode());
  const apps = [];
  const pages = [];
  // What set them up goes, and with it what it costs; each goes on where they were.
  for (const person of [ann, bob]) {
    const { sessionPath } = person;
    await person.browser.close();
    await person.app.stop();
    const again = await startApp({ dataDir: person.dataDir, serverUrl: server.url });
    const page = await BarePage.open(again.url);
    await page.until("location.pathname === '/library'");
    await page.evaluate(`location.assign(${JSON.stringify(sessionPath)})`);
    await page.until(isEditorThere);
    apps.push(again);
    pages.push(page);
  }
  const [first, second] = pages;
  if (first === undefined || second === undefined) throw new Error('nobody is there');
  for (const page of pages) await page.evaluate(watch);
  for (const page of pages) await page.until("document.querySelector('output[aria-label=Connection]').textContent === 'Live with 1 other'");
  return {
    pages: [first, second],
    close: async () => {
      for (const page of pages) await page.close();
      for (const app of apps) await app.stop();
      await server.stop();
      for (const directory of [dataDir, ann.dataDir, bob.dataDir]) rmSync(directory, { recursive: true, force: true });
    },
  };
}

function report(what: string, stock: readonly Times[], chordMe: readonly Times[]): void {
  for (const [name, key] of [
    ["in the other's editor", 'arrived'],
    ["on the other's screen", 'shown'],
  ] as const) {
    const [one, other] = [stock.flatMap((times) => times[key]), chordMe.flatMap((times) => times[key])];
    const ratio = (part: number): string => (quantile(other, part) / quantile(one, part)).toFixed(2);
    process.stdout.write(
      `${what}, ${name}\n${line('stock y-webrtc', one)}\n${line('ChordMe', other)}\nratio: p50 ${ratio(0.5)}, p95 ${ratio(0.95)}, p99 ${ratio(0.99)}\n`,
    );
  }
}

/** Prints both, and how many times as long ChordMe takes. */
async function benchLatency(): Promise<void> {
  const stock = await openStock();
  const chordMe = await openChordMe();
  const takeTurns = async (count: number, beforeMs: number): Promise<[Times[], Times[]]> => {
    const times: [Times[], Times[]] = [[], []];
    for (let turn = 0; turn < count; turn++) {
      for (const [at, { pages }] of [stock, chordMe].entries()) {
        if (beforeMs > 0) await new Promise((resolve) => setTimeout(resolve, beforeMs));
        times[at]?.push(await measure(...pages));
      }
    }
    return times;
  };
  try {
    await takeTurns(warmUpTurns, 0);
    report('while somebody types', ...(await takeTurns(turns, 0)));
    report(
      `the first ${String(keystrokesPerTurn)} keystrokes after ${String(restMs / 1_000)} s of rest`,
      ...(await takeTurns(rests, restMs)),
    );
  } finally {
    await stock.close();
    await chordMe.close();
  }
}

await benchLatency();

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { findChromium } from '../scripts/chromium.ts';
import { chromiumArgs } from '../test/support/chromium.ts';

interface Answer {
  id: number;
  result?: { result?: { value?: unknown }; exceptionDetails?: { text: string; exception?: { description?: string } } };
  error?: { message: string };
}

/**
 * A page in a Chromium process of its own that nothing watches: Playwright mirrors each socket frame and request of its pages to the process that
 * drives them, on the processors that are being measured, and only of a page that has sockets.
 */
export class BarePage {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #nextId = 1;

  private constructor(process: ChildProcess, profile: string, socket: WebSocket) {
    this.#process = process;
    this.#profile = profile;
    this.#socket = socket;
    socket.on('message', (frame: Buffer) => {
      const answer = JSON.parse(frame.toString()) as Answer;
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  static async open(url: string): Promise<BarePage> {
    const executable = findChromium();
    if (executable === null) throw new Error('No Chromium is installed; TEST_CHROMIUM can name one.');
    const profile = mkdtempSync(join(tmpdir(), 'chordme-bench-page-'));
    const args = [
      ...chromiumArgs,
      '--headless',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--window-size=1280,800',
      '--disable-renderer-backgrounding',
      '--disable-backgrounding-occluded-windows',
      '--disable-background-timer-throttling',
    ];
    const child = spawn(executable, [...args, url], { stdio: ['ignore', 'ignore', 'pipe'] });
    const port = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stderr }).on('line', (line) => {
        const found = /^DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', () => reject(new Error('Chromium ended before it was there')));
    });
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { type: string; webSocketDebuggerUrl: string }[];
    const page = targets.find(({ type }) => type === 'page');
    if (page === undefined) throw new Error('Chromium has no page');
    const socket = new WebSocket(page.webSocketDebuggerUrl, { maxPayload: 64 * 1024 * 1024 });
    await once(socket, 'open');
    return new BarePage(child, profile, socket);
  }

  /** The value of an expression, or what its promise resolves to; JSON. Throws what it throws. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result } = await this.#ask('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    const thrown = result?.exceptionDetails?.exception?.description ?? result?.exceptionDetails?.text;
    if (thrown !== undefined) throw new Error(thrown);
    return result?.result?.value as T;
  }

  /** A letter's key, down and up again, as from the keyboard. */
  async press(key: string): Promise<void> {
    await this.#ask('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key });
    await this.#ask('Input.dispatchKeyEvent', { type: 'keyUp', key });
  }

  async #ask(method: string, params: object): Promise<Answer> {
    const id = this.#nextId++;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    const answer = await answered;
    if (answer.error !== undefined) throw new Error(answer.error.message);
    return answer;
  }

  /** Asks until the expression is true; a page between two documents answers with an error, and is asked again. */
  async until(expression: string): Promise<void> {
    for (const end = performance.now() + 30_000; performance.now() < end;) {
      if (await this.evaluate<boolean>(expression).catch(() => false)) return;
    }
    throw new Error(`it does not come true: ${expression}`);
  }

  async close(): Promise<void> {
    this.#socket.close();
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
    rmSync(this.#profile, { recursive: true, force: true });
  }
}

import { MantineProvider } from '@mantine/core';
import '@mantine/core/styles.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { readPlayback } from '../../shared/playback/read-playback.ts';
import { lettersLoaded } from '../../src-renderer/features/chart/letters.ts';
import { PlaybackView } from '../../src-renderer/features/playback/playback-view.tsx';
import '../../src-renderer/features/session/session.css';
import type { LiveSession } from '../../src-renderer/session/live-session.ts';
import { breatheInTime } from '../../src-renderer/session/stored-stretch.ts';
import '../../src-renderer/theme/base.css';
import { cssVariables, theme } from '../../src-renderer/theme/theme.ts';
import { recordingFromText } from './recording-text.ts';

const colors = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00'];

/** While it is set each frame is told to come just when a screen of 60 Hz has it, whatever else the machine does. */
let steady: { realMs: number; toldMs: number } | null = null;
const askFrame = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (run) =>
  askFrame((realMs) => {
    if (steady !== null && realMs !== steady.realMs) steady = { realMs, toldMs: steady.toldMs + 1_000 / 60 };
    run(steady?.toldMs ?? realMs);
  });

/** So many frames in each of which as much happens as at 60 a second. */
async function turnFrames(count: number): Promise<void> {
  steady = { realMs: 0, toldMs: performance.now() };
  for (let turn = 0; turn < count; turn++) await new Promise(requestAnimationFrame);
  steady = null;
}

/** Shows the recording as the app does; answers how long reading it took in ms. */
async function openPlayback(): Promise<number> {
  const source = recordingFromText(await (await fetch('/recording.json')).text());
  await lettersLoaded();
  const from = performance.now();
  const playback = await readPlayback(source, breatheInTime({ now: () => performance.now() }));
  const readMs = performance.now() - from;
  const people = playback.userIds.map((user_id, at) => ({
    user_id,
    name: `Person ${String(at)}`,
    color: colors[at % colors.length] ?? '',
  }));
  const root = document.querySelector('#root');
  if (root === null) throw new Error('no root');
  flushSync(() =>
    createRoot(root).render(
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables}>
        <div className="session-page" style={{ height: '100vh' }}>
          {/* The song as it is now is not looked at: nothing is asked of the session. */}
          <PlaybackView live={undefined as unknown as LiveSession} session={null} playback={playback} people={people} />
        </div>
      </MantineProvider>,
    ),
  );
  return readMs;
}

/** Times between frames, and what took longer than 50 ms, for a while. */
async function watchFrames(forMs: number): Promise<{ frames: number[]; longTasks: number[] }> {
  const frames: number[] = [];
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  await new Promise<void>((resolve) => {
    let before: number | null = null;
    let first: number | null = null;
    const onFrame = (now: number): void => {
      if (before !== null) frames.push(now - before);
      before = now;
      first ??= now;
      if (now - first < forMs) requestAnimationFrame(onFrame);
      else resolve();
    };
    requestAnimationFrame(onFrame);
  });
  observer.disconnect();
  return { frames, longTasks };
}

/** A page that has changed nothing for so long shows the moment whole. */
const stillMs = 250;

/** Goes to a moment as a hand on the timeline does; answers in ms until the last of what changed with it was painted. */
async function jumpTo(slider: HTMLInputElement, moment: number): Promise<number> {
  const from = performance.now();
  let painted = from;
  await new Promise<void>((resolve) => {
    let timer = setTimeout(resolve, stillMs);
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        observer.disconnect();
        resolve();
      }, stillMs);
      askFrame(() => {
        // A message sent within a frame is handled when that frame is drawn.
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => {
          painted = performance.now();
          port1.close();
        });
        port1.start();
        port2.postMessage(null);
      });
    });
    // Texts and what is drawn beside them; the list of what was said notes in attributes, later, that it no longer scrolls.
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(slider, String(moment));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  });
  return painted - from;
}

/** So many moments, each from wherever the one before it was. @param shares of the recording's length */
async function jumpTimes(shares: readonly number[]): Promise<number[]> {
  const slider = document.querySelector<HTMLInputElement>('input[type=range][aria-label="Moment"]');
  if (slider === null) throw new Error('no timeline');
  const times: number[] = [];
  for (const share of shares) times.push(await jumpTo(slider, Math.round(Number(slider.max) * share)));
  return times;
}

const playbackPage = { openPlayback, watchFrames, turnFrames, jumpTimes };
declare global {
  interface Window {
    playbackPage: typeof playbackPage;
  }
}
window.playbackPage = playbackPage;

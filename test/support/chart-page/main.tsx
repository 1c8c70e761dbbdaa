import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { EditorView } from '@codemirror/view';
import { MantineProvider } from '@mantine/core';
import { ChartView } from '../../../src-renderer/features/chart/chart-view.tsx';
import { ExportMenu } from '../../../src-renderer/features/chart/export-menu.tsx';
import { ImportPreview, type ForeignSong } from '../../../src-renderer/features/chart/import-preview.tsx';
import { MyView } from '../../../src-renderer/features/chart/my-view.tsx';
import { openPrintSheet } from '../../../src-renderer/features/chart/out/print-sheet.tsx';
import { SongSourceEditor } from '../../../src-renderer/features/chart/song-source-editor.tsx';
import { StageView } from '../../../src-renderer/features/chart/stage-view.tsx';
import { defaultViewSettings, useViewSettings, type ViewSettings } from '../../../src-renderer/features/chart/view-settings.ts';
import { useSharedText } from '../../../src-renderer/features/session/shared-chart.tsx';
import { cssVariables, theme } from '../../../src-renderer/theme/theme.ts';

interface Musician {
  doc: Y.Doc;
  awareness: Awareness;
}

const root = createRoot(document.querySelector('#root') as Element);
let musicians: Musician[] = [];
let documentVersion = 0;
let isReadOnly = false;
const pressed: string[] = [];
const keyTimes: KeyTime[] = [];

function musician(name: string, color: string): Musician {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  awareness.setLocalStateField('user', { name, color });
  return { doc, awareness };
}

/** What the mesh does, at once and without a wire. */
function connect(one: Musician, other: Musician): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc), 'remote');
    from.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'remote') Y.applyUpdate(to.doc, update, 'remote');
    });
    applyAwarenessUpdate(to.awareness, encodeAwarenessUpdate(from.awareness, [from.doc.clientID]), 'remote');
    from.awareness.on('update', (_change: unknown, origin: unknown) => {
      if (origin !== 'remote') applyAwarenessUpdate(to.awareness, encodeAwarenessUpdate(from.awareness, [from.doc.clientID]), 'remote');
    });
  }
}

function drawEditors(): void {
  flushSync(() =>
    root.render(
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', height: '100%' }}>
        {musicians.map(({ doc, awareness }) => (
          <SongSourceEditor
            key={doc.guid}
            text={doc.getText('song')}
            awareness={awareness}
            isReadOnly={isReadOnly}
            documentVersion={documentVersion}
            onTransposed={(semitones) => pressed.push(`transposed ${semitones}`)}
          />
        ))}
      </div>,
    ),
  );
}

/** Editor and chart side by side, as in Write. */
function Writing({ text, awareness, settings }: { text: Y.Text; awareness: Awareness; settings: ViewSettings }): ReactElement {
  const source = useSharedText(text, 0);
  return (
    <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', height: '100%' }}>
      <SongSourceEditor text={text} awareness={awareness} isReadOnly={false} documentVersion={0} />
      <section aria-label="Chart" style={{ minHeight: 0 }}>
        <div style={{ height: '100%', overflow: 'auto', contain: 'strict' }}>
          <ChartView source={source} settings={settings} />
        </div>
      </section>
    </div>
  );
}

function afterPaint(): Promise<number> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.addEventListener('message', () => resolve(performance.now()), { once: true });
    channel.port1.start();
    channel.port2.postMessage(null);
  });
}

interface KeyTime {
  /** Milliseconds in which the window was busy with it: the editor's part, then the frame with the chart. */
  work: number;
  /** The same with the wait for the next frame of the screen in between. */
  painted: number;
}

/** When the frame is painted in which the chart changes; without a chart, that after the letter's event. */
function whenPainted(chart: Element | null): Promise<number> {
  return new Promise((resolve) => {
    const paint = (): void => void afterPaint().then(resolve);
    if (chart === null) {
      window.addEventListener('input', () => requestAnimationFrame(paint), { once: true, capture: true });
      return;
    }
    const observer = new MutationObserver(() => {
      observer.disconnect();
      paint();
    });
    observer.observe(chart, { subtree: true, childList: true, characterData: true });
  });
}

async function timeOfKey(pressed: number): Promise<void> {
  const painted = whenPainted(document.querySelector('.chart-body'));
  // The editor has done its part when the tasks of the letter's event end; the chart is drawn with the frame after it. Each listener
  // comes before the editor's own, so that the frame's start is noted before anything is drawn in it.
  const [edited, started] = await new Promise<[number, number]>((resolve) => {
    let editedAt = 0;
    let isCommand = false;
    const noteFrame = (isOfKey: () => boolean): void => {
      requestAnimationFrame(() => {
        if (isOfKey()) resolve([editedAt, performance.now()]);
      });
    };
    const onInput = (): void => {
      noteFrame(() => true);
      queueMicrotask(() => queueMicrotask(() => (editedAt = performance.now())));
    };
    noteFrame(() => isCommand);
    window.addEventListener('input', onInput, { once: true, capture: true });
    // A new line is a command of the editor: there the browser is told to do nothing, and there is no input.
    const onCommand = ({ defaultPrevented }: KeyboardEvent): void => {
      isCommand = defaultPrevented;
      if (!isCommand) return;
      window.removeEventListener('input', onInput, { capture: true });
      editedAt = performance.now();
    };
    window.addEventListener('keydown', onCommand, { once: true });
  });
  const ended = await painted;
  keyTimes.push({ work: edited - pressed + ended - started, painted: ended - pressed });
}

function ChartWithView({ source }: { source: string }): ReactElement {
  const [settings, change] = useViewSettings('one');
  return (
    <section aria-label="Chart">
      <ChartView source={source} settings={settings} aside={<MyView settings={settings} onChange={change} />} />
    </section>
  );
}

const chartPage = {
  showChart(source: string, settings: Partial<ViewSettings> = {}): void {
    flushSync(() =>
      root.render(
        <section aria-label="Chart">
          <ChartView
            source={source}
            settings={{ ...defaultViewSettings, ...settings }}
            onChordClick={(place) => pressed.push(place.chord)}
          />
        </section>,
      ),
    );
  },
  showChartWithView(source: string): void {
    flushSync(() =>
      root.render(
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables}>
          <ChartWithView source={source} />
        </MantineProvider>,
      ),
    );
  },
  showStage(source: string, settings: Partial<ViewSettings> = {}): void {
    flushSync(() =>
      root.render(
        <StageView
          source={source}
          settings={{ ...defaultViewSettings, ...settings }}
          onLeave={() => pressed.push('leave')}
          onNextSong={() => pressed.push('next song')}
          onPreviousSong={() => pressed.push('previous song')}
        />,
      ),
    );
  },
  /** Editor and chart side by side, the caret in the middle of the source. */
  async showWriting(source: string, settings: Partial<ViewSettings> = {}): Promise<void> {
    const { doc, awareness } = musician('Ann', '#1b6ca8');
    const text = doc.getText('song');
    text.insert(0, source);
    flushSync(() =>
      root.render(<Writing key={doc.guid} text={text} awareness={awareness} settings={{ ...defaultViewSettings, ...settings }} />),
    );
    await document.fonts.ready;
    const content = document.querySelector<HTMLElement>('.cm-content');
    const view = content === null ? null : EditorView.findFromDOM(content);
    view?.focus();
    const middle = source.indexOf('\n', source.length / 2);
    view?.dispatch({ selection: { anchor: middle }, scrollIntoView: true });
    // What is typed is looked at, so it has to be painted.
    const lines = document.querySelectorAll('.chart-line');
    lines[Math.floor(lines.length / 2)]?.scrollIntoView({ block: 'center' });
  },
  /** Nothing but a field of the browser's own with the text in it, the caret in the middle: what the machine takes for any letter. */
  showTextField(source: string): void {
    flushSync(() => root.render(<textarea key={source} style={{ width: '50%', height: '100%' }} defaultValue={source} />));
    const field = document.querySelector('textarea');
    const middle = source.indexOf('\n', source.length / 2);
    field?.focus();
    field?.setSelectionRange(middle, middle);
  },
  /** From now on, what each key costs until the chart that shows it is painted. */
  listenToKeys(): void {
    window.addEventListener('keydown', (event) => void timeOfKey(event.timeStamp), { capture: true });
  },
  keyTimes: (): KeyTime[] => keyTimes,
  async showPrint(sources: string[], settings: Partial<ViewSettings> = {}): Promise<void> {
    await openPrintSheet(sources.map((source) => ({ source, settings: { ...defaultViewSettings, ...settings } })));
  },
  showImport(songs: ForeignSong[]): void {
    flushSync(() =>
      root.render(
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables}>
          <ImportPreview songs={songs} onCancel={() => pressed.push('cancel')} onImport={(taken) => pressed.push(JSON.stringify(taken))} />
        </MantineProvider>,
      ),
    );
  },
  showExport(source: string): void {
    flushSync(() =>
      root.render(
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables}>
          <ExportMenu readSource={() => source} settings={defaultViewSettings} />
        </MantineProvider>,
      ),
    );
  },
  pressed: (): string[] => pressed,
  showEditors(source: string, options: { isReadOnly?: boolean } = {}): void {
    const ann = musician('Ann', '#1b6ca8');
    const bob = musician('Bob', '#b8336a');
    ann.doc.getText('song').insert(0, source);
    connect(ann, bob);
    musicians = [ann, bob];
    isReadOnly = options.isReadOnly ?? false;
    drawEditors();
  },
  setReadOnly(value: boolean): void {
    isReadOnly = value;
    drawEditors();
  },
  /** A new document with other contents takes the place of Ann's, as after a rebuild. */
  replaceFirst(source: string): void {
    const first = musicians[0];
    if (first === undefined) return;
    const doc = new Y.Doc({ guid: first.doc.guid });
    doc.getText('song').insert(0, source);
    musicians = [{ doc, awareness: first.awareness }, ...musicians.slice(1)];
    documentVersion += 1;
    drawEditors();
  },
  texts: (): string[] => musicians.map(({ doc }) => doc.getText('song').toJSON()),
  edit(index: number, at: number, insert: string): void {
    musicians[index]?.doc.getText('song').insert(at, insert);
  },
  awarenessField(index: number, field: string, value: unknown): void {
    musicians[index]?.awareness.setLocalStateField(field, value);
  },
};

declare global {
  interface Window {
    chartPage: typeof chartPage;
  }
}
window.chartPage = chartPage;

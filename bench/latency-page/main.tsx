import { MantineProvider } from '@mantine/core';
import '@mantine/core/styles.css';
import { createRoot } from 'react-dom/client';
import { WebrtcProvider } from 'y-webrtc';
import * as Y from 'yjs';
import { SongSourceEditor } from '../../src-renderer/features/chart/song-source-editor.tsx';
import { defaultViewSettings } from '../../src-renderer/features/chart/view-settings.ts';
import { SharedChart } from '../../src-renderer/features/session/shared-chart.tsx';
import '../../src-renderer/theme/base.css';
import { cssVariables, theme } from '../../src-renderer/theme/theme.ts';
import './page.css';

/** The app's editor and chart on the screen, over y-webrtc as it comes out of the box. */
function startStock(signaling: string): void {
  const doc = new Y.Doc();
  const provider = new WebrtcProvider('latency', doc, { signaling: [signaling], filterBcConns: false });
  const root = document.querySelector('#root');
  if (root === null) throw new Error('no root');
  provider.awareness.setLocalStateField('user', { name: 'A', color: '#0072b2', colorLight: '#0072b233' });
  const text = doc.getText('song');
  createRoot(root).render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables}>
      <main className="latency">
        <div>
          <SongSourceEditor text={text} awareness={provider.awareness} isReadOnly={false} documentVersion={0} />
        </div>
        <div>
          <SharedChart text={text} documentVersion={0} settings={defaultViewSettings} onChord={() => undefined} />
        </div>
      </main>
    </MantineProvider>,
  );
}

Object.assign(window, { startStock });

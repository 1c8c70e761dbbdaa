import { createRoot } from 'react-dom/client';
import { WebrtcProvider } from 'y-webrtc';
import * as Y from 'yjs';
import { SongSourceEditor } from '../../src-renderer/features/chart/song-source-editor.tsx';

/** The same editor as in the app, over y-webrtc as it comes out of the box. */
function startStock(signaling: string): void {
  const doc = new Y.Doc();
  const provider = new WebrtcProvider('latency', doc, { signaling: [signaling], filterBcConns: false });
  const root = document.querySelector('#root');
  if (root === null) throw new Error('no root');
  provider.awareness.setLocalStateField('user', { name: 'A', color: '#0072b2', colorLight: '#0072b233' });
  createRoot(root).render(
    <SongSourceEditor text={doc.getText('song')} awareness={provider.awareness} isReadOnly={false} documentVersion={0} />,
  );
}

Object.assign(window, { startStock });

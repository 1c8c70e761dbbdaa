import { expect, onTestFinished, test } from 'vitest';
import { WebrtcProvider } from 'y-webrtc';
import * as Y from 'yjs';
import { AuthenticatedSignaling, tokenEntrance } from '../../../../src-renderer/session/signaling-conn.ts';

const room = 'chordme:stray-answers';

/** A room of y-webrtc's, and a signaling connection that reaches nobody: what it hears is put into it. */
async function signalingOfRoom(): Promise<{ heard: unknown[]; hear: (message: unknown) => void }> {
  const doc = new Y.Doc();
  const provider = new WebrtcProvider(room, doc, { signaling: [], filterBcConns: false });
  await provider.key;
  const isConnecting = (peer: string): boolean => provider.room?.webrtcConns.has(peer) === true;
  const parts = { url: 'ws://127.0.0.1:9', room, entrance: tokenEntrance('device', async () => 'token') };
  const signaling = new AuthenticatedSignaling(parts, isConnecting);
  onTestFinished(() => {
    signaling.destroy();
    provider.destroy();
    doc.destroy();
  });
  const heard: unknown[] = [];
  signaling.on('message', (message: unknown) => void heard.push(message));
  return { heard, hear: (message) => signaling.emit('message', [message]) };
}

const from = (peer: string, data: object): object => ({ type: 'publish', topic: room, data: { from: peer, ...data } });

test('an answer whose connection ended meanwhile is passed over, and what comes after it is heard', async () => {
  const { heard, hear } = await signalingOfRoom();
  hear(from('ben', { type: 'signal', signal: { type: 'answer', sdp: '' }, token: 1 }));
  const later = from('ben', { type: 'signal', to: 'somebody else', signal: { type: 'offer', sdp: '' }, token: 1 });
  hear(later);
  expect(heard).toEqual([later]);
});

test('what is no message and a signal without its signal are passed over', async () => {
  const { heard, hear } = await signalingOfRoom();
  for (const nonsense of [null, 1, 'x', from('ben', { type: 'signal' }), from('ben', { type: 'signal', signal: null })]) hear(nonsense);
  expect(heard).toEqual([]);
  const welcome = { type: 'auth' };
  hear(welcome);
  expect(heard).toEqual([welcome]);
});

import * as bc from 'lib0/broadcastchannel';
import { WebrtcProvider } from 'y-webrtc';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { Timers } from '../../shared/base/clock.ts';
import type { PeerConnectionHooks } from './peer-connection.ts';
import { ledgerPeerConnection } from './peer-connection.ts';
import { AuthenticatedSignaling, type SignalingParts } from './signaling-conn.ts';

export interface MeshParts {
  /** An empty document: song updates never pass through y-webrtc. */
  lobby: Y.Doc;
  awareness: Awareness;
  signaling: SignalingParts;
  /** Read anew for each connection: what it holds may change. */
  iceServers: RTCIceServer[];
  maxConns: number;
  hooks: PeerConnectionHooks;
  timers: Timers;
}

/** Who is in the room but has no connection yet is found again this often. */
const announceEveryMs = 10_000;

/** y-webrtc with our signaling, and without BroadcastChannel, which knows no proof. R-MSH-1. */
class MeshProvider extends WebrtcProvider {
  #parts: MeshParts | null = null;
  #signaling: AuthenticatedSignaling | null = null;
  #relay: AuthenticatedSignaling | null = null;

  readonly #isConnecting = (peer: string): boolean => this.room?.webrtcConns.has(peer) === true;

  constructor(parts: MeshParts) {
    super(parts.signaling.room, parts.lobby, {
      signaling: [],
      awareness: parts.awareness,
      maxConns: parts.maxConns,
      filterBcConns: false,
      peerOpts: {
        wrtc: { RTCPeerConnection: ledgerPeerConnection(parts.hooks), RTCSessionDescription, RTCIceCandidate },
        config: { iceServers: parts.iceServers },
      },
    });
    this.#parts = parts;
    void this.#start();
  }

  async #start(): Promise<void> {
    await this.key;
    const parts = this.#parts;
    if (this.room === null || parts === null || !this.shouldConnect) return;
    bc.unsubscribe(this.room.name, this.room._bcSubscriber);
    this.room.bcconnected = false;
    this.#signaling = new AuthenticatedSignaling(parts.signaling, this.#isConnecting);
  }

  /** Tells the room that this window looks for connections. */
  announce(): void {
    if (this.room === null) return;
    const message = { type: 'publish', topic: this.roomName, data: { type: 'announce', from: this.room.peerId } };
    for (const signaling of [this.#signaling, this.#relay]) if (signaling?.connected === true) signaling.send(message);
  }

  /** Signals go through a relay as well. R-MSH-5. */
  setRelay(parts: SignalingParts | null): void {
    this.#relay?.destroy();
    this.#relay = parts === null ? null : new AuthenticatedSignaling(parts, this.#isConnecting);
  }

  retryNow(): void {
    this.#signaling?.connect();
    this.#relay?.connect();
  }

  override disconnect(): void {
    super.disconnect();
    this.#signaling?.destroy();
    this.#signaling = null;
    this.setRelay(null);
  }
}

/** Finds the others of the session and connects to them; the connections' work is in the hooks. */
export class Mesh {
  readonly #provider: MeshProvider;
  readonly #stop: () => void;

  constructor(parts: MeshParts) {
    this.#provider = new MeshProvider(parts);
    this.#provider.on('peers', ({ removed }) => {
      if (removed.length > 0) this.#provider.announce();
    });
    this.#stop = parts.timers.every(announceEveryMs, () => this.#provider.announce());
  }

  setRelay(parts: SignalingParts | null): void {
    this.#provider.setRelay(parts);
  }

  retryNow(): void {
    this.#provider.retryNow();
    this.#provider.announce();
  }

  close(): void {
    this.#stop();
    this.#provider.disconnect();
    this.#provider.destroy();
  }
}

import type { FaultCode } from '../../shared/base/errors.ts';
import { limits } from '../../shared/base/limits.ts';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import type { ChannelBinding, Link, Transport } from '../../shared/ledger/link.ts';

/** The channel that the ledger opens beside y-webrtc's own; both sides name it, nobody announces it. */
const ledgerChannelId = 1000;

export interface PeerConnectionHooks {
  /** The ledger's channel is open: starts the link over it. */
  connect(transport: Transport, binding: ChannelBinding): Link;
  /** A message on y-webrtc's own channel; it never reaches y-webrtc. */
  onPresence(message: Bytes, link: Link | null): void;
  /** What of a message of y-webrtc's may leave; null: nothing. */
  filterOutgoing(message: Bytes, link: Link | null): Bytes | null;
}

/** SHA-256 fingerprint of a side's DTLS certificate, 32 bytes, out of its session description (RFC 8122). */
export function fingerprintOf(description: RTCSessionDescription | null): Bytes | null {
  const hex = /^a=fingerprint:sha-256 ([0-9A-F:]{95})\s*$/im.exec(description?.sdp ?? '')?.[1];
  if (hex === undefined) return null;
  return Uint8Array.from(hex.split(':'), (pair) => Number.parseInt(pair, 16));
}

function transportOf(connection: RTCPeerConnection, channel: RTCDataChannel): Transport {
  channel.bufferedAmountLowThreshold = limits.bufferedBytes / 2;
  return {
    send: (chunk: Bytes) => {
      if (channel.readyState === 'open') channel.send(chunk);
    },
    bufferedAmount: () => channel.bufferedAmount,
    onceDrained: (run) => channel.addEventListener('bufferedamountlow', run, { once: true }),
    close: (code: FaultCode) => {
      channel.close();
      // What was sent before arrives: whoever may not read (any more) has just been told so. R-MEM-3.
      if (code === 'not-a-reader') channel.addEventListener('close', () => connection.close(), { once: true });
      else connection.close();
    },
  };
}

/**
 * The RTCPeerConnection that y-webrtc is given through `peerOpts.wrtc`: it opens the ledger's channel beside y-webrtc's
 * and lets only presence through on the latter. R-MSH-1.
 */
export function ledgerPeerConnection(hooks: PeerConnectionHooks): typeof RTCPeerConnection {
  return class LedgerPeerConnection extends RTCPeerConnection {
    #link: Link | null = null;

    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.#openLedger();
      this.addEventListener('datachannel', ({ channel }) => this.#guard(channel));
    }

    override createDataChannel(label: string, init?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, init);
      this.#guard(channel);
      return channel;
    }

    #openLedger(): void {
      const channel = super.createDataChannel('ledger', { negotiated: true, id: ledgerChannelId, ordered: true });
      channel.binaryType = 'arraybuffer';
      channel.addEventListener('open', () => {
        const own = fingerprintOf(this.localDescription);
        const other = fingerprintOf(this.remoteDescription);
        if (own === null || other === null) this.close();
        else this.#link = hooks.connect(transportOf(this, channel), { own, other });
      });
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (data instanceof ArrayBuffer) this.#link?.receive(new Uint8Array(data));
        else this.close();
      });
      channel.addEventListener('close', () => this.#link?.lost());
      this.addEventListener('connectionstatechange', () => {
        if (this.connectionState === 'failed' || this.connectionState === 'closed') this.#link?.lost();
      });
    }

    /** Stands before y-webrtc's own handlers: they are set later, and events reach listeners in the order they were added. */
    #guard(channel: RTCDataChannel): void {
      channel.addEventListener('message', (event: MessageEvent<unknown>) => {
        event.stopImmediatePropagation();
        if (event.data instanceof ArrayBuffer && event.data.byteLength <= limits.awarenessBytes)
          hooks.onPresence(new Uint8Array(event.data), this.#link);
      });
      const send = channel.send.bind(channel) as (data: Bytes) => void;
      channel.send = (data: string | Blob | ArrayBuffer | ArrayBufferView): void => {
        if (!(data instanceof Uint8Array)) return;
        const allowed = hooks.filterOutgoing(new Uint8Array(data), this.#link);
        if (allowed !== null) send(allowed);
      };
    }
  };
}

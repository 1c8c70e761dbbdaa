import makeMulticast from 'multicast-dns';
import type { Answer, Packet } from 'dns-packet';

/** Multicast DNS, as much of it as is used. */
export interface Multicast {
  ask(name: string): void;
  say(answers: Answer[]): Promise<void>;
  close(): Promise<void>;
}

export interface MulticastParts {
  /** Address of the card that it is spoken over; null: the system's choice, and every card is heard. */
  address: string | null;
  /** Everything that came and could be read. */
  heard: (packet: Packet, from: string) => void;
  /** It cannot be spoken here; nothing more comes. */
  failed: (error: Error) => void;
}

export type OpenMulticast = (parts: MulticastParts) => Multicast;

/** @param port another than 5353: tests of one computer do not hear each other */
export function multicastOn(port = 5353): OpenMulticast {
  return ({ address, heard, failed }) => {
    const socket = makeMulticast({ port, bind: '0.0.0.0', ...(address !== null && { interface: address }) });
    let isClosed = false;
    socket.on('error', (error: Error) => {
      if (!isClosed) failed(error);
    });
    socket.on('packet', (packet, { address: from }) => heard(packet, from));
    return {
      ask: (name) => socket.query([{ name, type: 'PTR' }]),
      say: (answers) => new Promise((resolve) => socket.respond(answers, () => resolve())),
      close: () =>
        new Promise((resolve) => {
          isClosed = true;
          socket.destroy(() => resolve());
        }),
    };
  };
}

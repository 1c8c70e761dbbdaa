import type * as Y from 'yjs';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { Link } from '../../shared/ledger/link.ts';
import type { Replica } from '../../shared/ledger/replica.ts';
import type { PeerConnectionHooks } from './peer-connection.ts';
import type { Presence } from './presence.ts';

interface PresenceLinksParts {
  ledger: Ledger;
  replica: Replica;
  presence: Presence;
  /** This window's own, hex. */
  device: string;
  userId: string;
  /** Origin of what is not typed. */
  mutatorOrigin: symbol;
  /** A device told presence in another's name. */
  onForged: (device: string) => void;
  /** Anything that people see of it may have changed. */
  onChange(): void;
}

/** Who is here, told over the links of a session: ours to those who may know, theirs as far as their link vouches for it. R-MSH-1. */
export class PresenceLinks {
  readonly #parts: PresenceLinksParts;
  /** Links through a relay, which have no channel of y-webrtc's beside them. */
  readonly #relayed = new Set<Link>();
  #clients = new Set<number>();
  #hadServer = false;

  constructor(parts: PresenceLinksParts) {
    this.#parts = parts;
    const { presence } = parts;
    presence.awareness.on('change', ({ added }: { added: number[] }) => {
      parts.onChange();
      // Somebody new knows nobody yet.
      if (added.some((client) => client !== presence.ownClient)) this.#tellServer();
    });
    presence.awareness.on('update', ({ added, updated }: { added: number[]; updated: number[] }) => {
      if (added.includes(presence.ownClient) || updated.includes(presence.ownClient)) this.#tellServer();
    });
  }

  /** What y-webrtc's connections need of this session. */
  get hooks(): PeerConnectionHooks {
    const { replica, presence, onForged } = this.#parts;
    return {
      connect: (transport, binding) => replica.connect(transport, binding, null),
      onPresence: (message, link) => {
        if (link === null || !this.#isAdmitted(link) || link.awarenessClient === null) return;
        if (!presence.receiveMessage(message, link.device, link.awarenessClient)) onForged(link.device);
      },
      filterOutgoing: (message, link) => (this.#isAdmitted(link) ? presence.filterOutgoing(message) : null),
    };
  }

  /** Who proved a device that is not listed hears nothing of who is here: R-MEM-3. */
  #isAdmitted(link: Link | null): boolean {
    return link !== null && this.#parts.replica.views.some((view) => view.link === link);
  }

  /** Says who one is, by the newest statement. */
  introduce(): void {
    const { ledger, userId, presence } = this.#parts;
    const self = ledger.statement?.claims.participants.find((participant) => participant.user_id === userId);
    if (self !== undefined) presence.setSelf(self);
  }

  /** Of the document as it is now: again when it was replaced. */
  watchTyping(): void {
    const { ledger, presence, mutatorOrigin } = this.#parts;
    ledger.fold.doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (transaction.local && transaction.origin !== mutatorOrigin && transaction.changed.size > 0) presence.typed();
    });
  }

  /** Links came, went, or caught up. */
  onLinks(): void {
    const { replica, presence } = this.#parts;
    const clients = new Set(replica.views.flatMap((view) => view.link.awarenessClient ?? []));
    for (const client of this.#clients) if (!clients.has(client)) presence.forget(client);
    // Whom only the server told of is out of sight with it: nobody says when they go. R-MSH-3.
    const hasServer = replica.authorityView !== null;
    if (this.#hadServer && !hasServer) for (const client of presence.states().keys()) if (!clients.has(client)) presence.forget(client);
    this.#hadServer = hasServer;
    const isNew = [...clients].some((client) => !this.#clients.has(client));
    this.#clients = clients;
    // Somebody came, or lost another way to us: one's own presence is told again.
    if (isNew || clients.size === 0) presence.awareness.setLocalState(presence.awareness.getLocalState());
    this.#tellServer();
  }

  /** A link through a relay has begun: presence goes over it as well. R-MSH-5. */
  addRelayed(link: Link): void {
    this.#relayed.add(link);
  }

  /** On links presence comes from the authority, and from others where a relay is between; else it has y-webrtc's own channel. */
  onAwareness(update: Bytes, device: string, from: Link): void {
    const { replica, presence, onForged } = this.#parts;
    if (from === replica.authorityView?.link) presence.receive(update, device, null);
    else if (this.#relayed.has(from) && from.awarenessClient !== null && !presence.receive(update, from.device, from.awarenessClient))
      onForged(from.device);
  }

  /** Windows that are linked without a relay between. */
  directWindows(): ReadonlySet<string> {
    const direct = this.#parts.replica.views.filter(({ link }) => !this.#relayed.has(link));
    return new Set(direct.map(({ link }) => link.window));
  }

  #tellServer(): void {
    const { replica, presence, device } = this.#parts;
    const message = { type: 'awareness' as const, device, update: presence.ownUpdate() };
    replica.authorityView?.link.send(message);
    for (const link of this.#relayed) {
      if (link.isClosed) this.#relayed.delete(link);
      else if (this.#isAdmitted(link)) link.send(message);
    }
  }
}

/** Who a device belongs to by the newest statement; null when it may not be here. */
export function personOf(ledger: Ledger, device: string): { user_id: string; name: string; color: string } | null {
  const userId = ledger.device(device)?.user_id;
  const person = ledger.statement?.claims.participants.find((participant) => participant.user_id === userId);
  return person?.status === 'joined' ? person : null;
}

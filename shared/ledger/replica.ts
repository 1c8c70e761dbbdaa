import { limits } from '../base/limits.ts';
import type { FaultCode } from '../base/errors.ts';
import type { Bytes } from './bytes.ts';
import { equalBytes } from './bytes.ts';
import { barredIn, exchangeAnew, isSameUser, noteHeads, offerEntries, passEntries, sendHeads, sendMissing, tellPeers } from './catch-up.ts';
import { CheckpointExchange } from './checkpoint-exchange.ts';
import type { Entry } from './entry.ts';
import { EntryIntake } from './entry-intake.ts';
import { ForkWatch } from './fork-watch.ts';
import { GatheredOffers } from './gathered-offers.ts';
import type { AuthorityKey } from './authority-key.ts';
import { deviceIdOf } from './keys.ts';
import type { Ledger } from './ledger.ts';
import type { ChannelBinding, LinkIdentity, LinkTools, Transport } from './link.ts';
import { Link } from './link.ts';
import { isEveryoneLinked, LinkView } from './link-view.ts';
import { acceptStored } from './load.ts';
import type { Message } from './messages.ts';
import type { ReplicaEvents } from './replica-events.ts';
import { RecordIntake } from './record-intake.ts';
import type { NumberedRecord } from './record-log.ts';
import type { Head } from './record.ts';
import { ReducedEntries } from './reduced-entries.ts';
import { isNewer, isReader, verifyStatement, type Statement } from './statement.ts';
import { toHex } from '../base/ids.ts';

/** A link that this side ends so brought what is forged, malformed or oversized. R-ENT-4. */
const strikes: ReadonlySet<FaultCode> = new Set(['protocol-error', 'proof-failed', 'too-large']);

/**
 * One party of a session's exchange, a musician's window or the authority: the ledger, its links, and what travels between
 * them. R-LNK-2 to R-LNK-4, R-ENT-1 to R-ENT-5. Forwarding: what came over one link goes to those links only whose other
 * side is not linked to where it came from, so that N connected windows send N − 1 messages an edit.
 */
export class Replica {
  readonly ledger: Ledger;
  readonly #authority: AuthorityKey;
  readonly #identity: LinkIdentity;
  readonly #tools: LinkTools;
  readonly #events: ReplicaEvents;
  readonly #views = new Map<Link, LinkView>();
  readonly #isAuthority: boolean;
  /** Own device id, hex. */
  readonly #device: string;
  readonly #stops: (() => void)[] = [];
  readonly #entries: EntryIntake;
  readonly #records: RecordIntake;
  readonly #reduced = new ReducedEntries();
  readonly checkpoints: CheckpointExchange;
  readonly #forks: ForkWatch;
  readonly #forAuthority: GatheredOffers;

  constructor(ledger: Ledger, authority: AuthorityKey, identity: LinkIdentity, tools: LinkTools, events: ReplicaEvents) {
    this.ledger = ledger;
    this.#authority = authority;
    this.#identity = identity;
    this.#tools = tools;
    this.#events = events;
    this.#device = toHex(deviceIdOf(identity.signer.publicKey));
    this.#isAuthority = equalBytes(identity.signer.publicKey, authority.raw);
    this.#forAuthority = new GatheredOffers(tools.timers, (entries) => {
      const server = this.authorityView;
      if (server !== null) offerEntries(server, entries);
    });
    this.#forks = new ForkWatch({
      ledger,
      verifier: tools.verifier,
      views: () => this.views,
      onFork: (proof) => events.onFork?.(proof),
    });
    const parts = {
      ledger,
      authority: authority.raw,
      verifier: tools.verifier,
      timers: tools.timers,
      views: () => this.views,
      reduced: this.#reduced,
      isAuthorityLink: (link: Link) => this.#isAuthorityLink(link),
      heal: (link: Link) => this.#heal(link),
    };
    this.#entries = new EntryIntake({
      ...parts,
      isNamed: (hash) => this.#records.names(hash),
      onRecalled: (recalled, view) => {
        ledger.settle();
        if (recalled.length > 0) events.onEntries(recalled, view.link);
        this.#tellReformed();
        events.onChange();
        this.checkpoints.wantLacking(view);
      },
      onRefused: (entry) => events.onRefused?.(entry),
      onOffered: (accepted, view) => {
        this.#forks.note();
        if (accepted.length > 0) this.#onAccepted(accepted, view.link);
        else this.#records.retry();
      },
    });
    this.#records = new RecordIntake({
      ...parts,
      storeMissed: events.storeMissed === undefined ? null : (firstN, batch, head) => events.storeMissed?.(firstN, batch, head),
      onTaken: (firstN, batch, head, waited, from) => {
        if (waited.length > 0) passEntries(ledger, this.views, waited, from);
        if (waited.length > 0) events.onEntries(waited, from);
        events.onRecords(firstN, batch, head);
        this.#tellReformed();
        this.#offerAgain(this.#reduced.takeWhole());
      },
      onPassed: () => events.onChange(),
      onConflict: (head) => events.onConflict?.(head),
    });
    this.checkpoints = new CheckpointExchange({
      ...parts,
      isAuthority: this.#isAuthority,
      mayBeginAhead: () => events.mayBeginAhead?.() ?? false,
      storeFirst: (checkpoint) => events.storeBase?.(checkpoint),
      isOwn: ({ device }) => isSameUser(ledger, device, this.#device),
      mayTrim: (n) => events.mayTrim?.(n) ?? true,
      onTaken: (checkpoint, isNewGeneration) => {
        if (isNewGeneration) {
          events.onGeneration?.(checkpoint);
          for (const view of this.views) if (view.heads !== null) noteHeads(ledger, view, view.heads);
        } else events.onCheckpoint?.(checkpoint);
        this.#tellReformed();
        sendHeads(this.ledger, this.views);
        for (const view of this.views) if (view.isBehind) sendMissing(this.ledger, view);
        events.onChange();
      },
      onConflict: (head) => events.onConflict?.(head),
    });
    this.#tellReformed();
    this.#stops.push(tools.timers.every(limits.headsEveryMs, () => sendHeads(this.ledger, this.views)));
  }

  /** Links whose other side proved itself and may read the session. */
  get views(): LinkView[] {
    return [...this.#views.values()].filter((view) => view.isAdmitted);
  }

  /** The admitted link to the authority, if there is one. */
  get authorityView(): LinkView | null {
    return this.views.find((view) => this.#isAuthorityLink(view.link)) ?? null;
  }

  #isAuthorityLink(link: Link): boolean {
    return link.publicKey !== null && equalBytes(link.publicKey, this.#authority.raw);
  }

  /**
   * Starts a link over a transport that is open; feed it through `receive` and `lost` of what comes back.
   * @param device the only one, hex, that may prove itself on it; null: any that the statement lists
   */
  connect(transport: Transport, binding: ChannelBinding, device: string | null = null): Link {
    const link = new Link(
      transport,
      this.#identity,
      { ...binding, device },
      {
        onProved: (proved) => this.#onProved(proved),
        onMessage: (from, message) => this.#onMessage(from, message),
        onRoom: (roomy) => {
          const view = this.#views.get(roomy);
          if (view !== undefined) sendMissing(this.ledger, view);
        },
        onClosed: (closed, fault) => this.#onClosed(closed, fault),
      },
      this.#tools,
    );
    this.#views.set(link, new LinkView(link, this.#tools.clock));
    return link;
  }

  /** All links, proved or not. */
  get linkCount(): number {
    return this.#views.size;
  }

  /** Ends every link of a device that was revoked. */
  closeDevice(device: string): void {
    for (const link of this.#views.keys()) if (link.device === device) link.close('not-a-reader');
  }

  close(): void {
    this.#forAuthority.flush();
    for (const stop of this.#stops.splice(0)) stop();
    this.checkpoints.close();
    for (const link of this.#views.keys()) link.close('going-away');
  }

  /**
   * Takes an own entry and sends it on every link at once. Its text is in the document already where `isInDocument`.
   * @param mayGather the authority may get it a moment later, with others, as long as nobody sees it through the authority only
   */
  publish(entry: Entry, isInDocument: boolean, mayGather = false): void {
    this.ledger.accept(entry, true, false, isInDocument);
    this.ledger.settle();
    // People before the authority: they wait to see it.
    const server = this.authorityView;
    for (const view of this.views) if (view !== server) offerEntries(view, [entry]);
    this.#forAuthority.add(entry, mayGather && server !== null && isEveryoneLinked(this.views, server));
    this.#events.onEntries([entry], null);
    this.#events.onChange();
  }

  #tellReformed(): void {
    const reformed = this.ledger.deletions.takeReformed();
    if (reformed.length > 0) this.#events.onReformed?.(reformed);
  }

  /** Entries from one's own store that had left the memory with their records, and are pending again. R-AUT-5. */
  offerStored(blocks: readonly Uint8Array[]): void {
    acceptStored(this.ledger, blocks, this.#device);
    exchangeAnew(this.ledger, this.views);
    this.#events.onChange();
  }

  /** The authority's: records that are on disk go to all. */
  publishRecords(firstN: number, batch: readonly NumberedRecord[], head: Head): void {
    this.#tellReformed();
    this.#records.pass(firstN, batch, head, null);
    this.#events.onChange();
  }

  /** Takes a verified statement, sends it to all links at once, and parts with those who may not read any more. R-MEM-2, R-MEM-3. */
  setStatement(statement: Statement, from: Link | null = null): void {
    const before = barredIn(this.ledger.statement);
    if (!this.ledger.setStatement(statement)) return;
    // Before anybody hears of it: what is pending is folded, and numbered, by the newest statement. R-AUT-1.
    this.ledger.settle();
    this.#events.onStatement(statement);
    for (const view of this.#views.values()) {
      if (!view.link.isProved) continue;
      if (view.link !== from) view.link.send({ type: 'statement', jws: statement.jws });
      this.#admit(view);
    }
    this.#offerAgain(this.#entries.takeHeld());
    if (barredIn(statement) !== before) exchangeAnew(this.ledger, this.views);
    this.#events.onChange();
  }

  broadcastAwareness(update: Bytes, except: (view: LinkView) => boolean, device: string): void {
    for (const view of this.views) if (!except(view)) view.link.send({ type: 'awareness', device, update });
  }

  #onProved(link: Link): void {
    const statement = this.ledger.statement;
    if (statement !== null) link.send({ type: 'statement', jws: statement.jws });
    else link.send({ type: 'want-statement' });
    const view = this.#views.get(link);
    if (view === undefined) return;
    if (this.#isReader(view)) this.#admit(view);
    if (view.isAdmitted) return;
    // Who may not read has the statement by then, and goes. R-MEM-3.
    this.#tools.timers.after(limits.admissionMs, () => {
      if (!view.isAdmitted) link.close('not-a-reader');
    });
  }

  #isReader(view: LinkView): boolean {
    if (this.#isAuthorityLink(view.link)) return true;
    return isReader(this.ledger.statement, this.ledger.device(view.link.device), this.#tools.clock.now());
  }

  /** Lets a link take part, or parts with it when its other side may not read. */
  #admit(view: LinkView): void {
    const isReader = this.#isReader(view);
    if (!isReader && view.isAdmitted) {
      view.isAdmitted = false;
      view.link.close('not-a-reader');
      return;
    }
    if (!isReader || view.isAdmitted) return;
    view.isAdmitted = true;
    sendHeads(this.ledger, [view]);
    this.#forks.note();
    this.#forks.greet(view);
    tellPeers(this.views);
    this.#events.onLinks();
  }

  #onClosed(link: Link, fault: FaultCode | null): void {
    const view = this.#views.get(link);
    this.#views.delete(link);
    this.#entries.drop(link);
    this.#reduced.drop(link);
    this.#records.drop(link);
    this.checkpoints.drop(link);
    if (view?.isAdmitted === true) {
      view.isAdmitted = false;
      tellPeers(this.views);
    }
    this.#events.onLinks();
    if (fault !== null && strikes.has(fault)) this.#events.onStrike(link, fault);
  }

  #heal(link: Link): void {
    const view = this.#views.get(link);
    if (view?.isAdmitted === true && view.mayHeal()) sendHeads(this.ledger, [view]);
  }

  async #onMessage(link: Link, message: Message): Promise<void> {
    const view = this.#views.get(link);
    if (view === undefined) return;
    if (message.type === 'statement') return this.#onStatement(link, message.jws);
    if (message.type === 'want-statement') {
      if (this.ledger.statement !== null) link.send({ type: 'statement', jws: this.ledger.statement.jws });
      return;
    }
    // By now the other side has shown its statement: who is not in the newest one gets ours and goes.
    if (!view.isAdmitted) {
      link.close('not-a-reader');
      return;
    }
    const fault = await this.#take(view, message);
    if (fault !== null) link.close(fault);
  }

  /** A message of a link that takes part: null, or why it is to be closed. */
  async #take(view: LinkView, message: Exclude<Message, { type: 'statement' | 'want-statement' }>): Promise<FaultCode | null> {
    switch (message.type) {
      case 'heads':
        noteHeads(this.ledger, view, message);
        // Over its own link the authority speaks for itself.
        if (this.#isAuthorityLink(view.link) && this.ledger.log.contradicts(message)) this.#events.onConflict?.(message);
        sendMissing(this.ledger, view);
        this.checkpoints.consider();
        this.#events.onLinks();
        return null;
      case 'want-checkpoint':
        this.checkpoints.answer(view, message);
        return null;
      case 'checkpoint':
        return this.checkpoints.onPart(view, message);
      case 'fork':
        return this.#forks.onProof(view, message.proof);
      case 'want-entries':
        this.checkpoints.answerEntries(view, message.hashes);
        return null;
      case 'entries':
        return this.#entries.onMessage(view, message.entries);
      case 'records':
        return this.#records.onMessage(view, message);
      case 'peers':
        // Something may have been left to a link that is gone now.
        if (view.noteWindows(message.windows)) sendHeads(this.ledger, [view]);
        this.#events.onLinks();
        return null;
      case 'awareness': {
        const device = this.#isAuthorityLink(view.link) ? message.device : view.link.device;
        if (message.update.length <= limits.awarenessBytes) this.#events.onAwareness(message.update, device, view.link);
        return null;
      }
      case 'hello':
      case 'proof':
      case 'ping':
      case 'pong':
        // The link's own; it does not hand them on.
        return 'protocol-error';
    }
  }

  async #onStatement(link: Link, jws: string): Promise<void> {
    if (jws === this.ledger.statement?.jws) return;
    const statement = await verifyStatement(jws, this.#authority.key, this.ledger.sessionId);
    if (statement === null) {
      link.close('proof-failed');
      return;
    }
    // What it states is in its database: an own statement that is above comes from before a backup was restored. R-MEM-2.
    if (this.#isAuthority) {
      if (isNewer(statement.claims, this.ledger.statement?.claims ?? null)) this.#events.onOutnumbered?.(statement.claims);
    } else this.setStatement(statement, link);
    const view = this.#views.get(link);
    if (view !== undefined) this.#admit(view);
    const own = this.ledger.statement;
    if (own !== null && own !== statement && !link.isClosed) link.send({ type: 'statement', jws: own.jws });
  }

  async #onEntries(view: LinkView, blocks: readonly Bytes[]): Promise<void> {
    const fault = await this.#entries.onMessage(view, blocks);
    if (fault !== null) view.link.close(fault);
  }

  #onAccepted(accepted: readonly Entry[], from: Link): void {
    passEntries(this.ledger, this.views, accepted, from);
    this.ledger.settle();
    this.#events.onEntries(accepted, from);
    this.#records.retry();
    this.#events.onChange();
  }

  #offerAgain(waiting: readonly { link: Link; blocks: Bytes[] }[]): void {
    for (const { link, blocks } of waiting) {
      const view = this.#views.get(link);
      if (view !== undefined) this.#onEntries(view, blocks).catch((error: unknown) => link.fail(error));
    }
  }
}

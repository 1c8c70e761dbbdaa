import { fromHex } from '../base/ids.ts';
import type { FaultCode } from '../base/errors.ts';
import type { Bytes } from './bytes.ts';
import { equalBytes } from './bytes.ts';
import type { Entry } from './entry.ts';
import { entryKinds, parseEntry, signedBytes } from './entry.ts';
import { HeldEntries } from './held-entries.ts';
import type { Verifier } from './keys.ts';
import type { Ledger } from './ledger.ts';
import type { Link } from './link.ts';
import type { LinkView } from './link-view.ts';
import type { ReducedEntries } from './reduced-entries.ts';

export interface EntryIntakeTools {
  ledger: Ledger;
  /** Raw public key. */
  authority: Bytes;
  verifier: Verifier;
  /** What came without its payload, until its record. */
  reduced: ReducedEntries;
  isAuthorityLink: (link: Link) => boolean;
  /** A genuine record of it is here and waits for it. */
  isNamed: (hash: string) => boolean;
  /** Entries that the base lists came: their hashes prove them. */
  onRecalled: (entries: readonly Entry[], from: LinkView) => void;
  /** One's author may not write it by the statement that is here. */
  onRefused: (entry: Entry) => void;
  /** All of a message were offered to the ledger: what was accepted is not settled yet. */
  onOffered: (accepted: readonly Entry[], from: LinkView) => void;
  /** Something is missing that the link may have. */
  heal: (link: Link) => void;
}

/** Takes entries from links in the order of R-ENT-1; keeps those of unknown devices until a statement lists them. */
export class EntryIntake {
  readonly #tools: EntryIntakeTools;
  readonly #held = new HeldEntries();

  constructor(tools: EntryIntakeTools) {
    this.#tools = tools;
  }

  /** A message of them came: null, or why its link is to be closed. */
  async onMessage(view: LinkView, blocks: readonly Bytes[]): Promise<FaultCode | null> {
    const { ledger, reduced, onRecalled, onRefused, onOffered, isAuthorityLink, isNamed, heal } = this.#tools;
    const entries: Entry[] = [];
    for (const block of blocks) {
      const entry = parseEntry(block);
      const isForeign = entry === null || !equalBytes(entry.sessionId, ledger.sessionBytes);
      // Attested entries are the authority's: nobody can be anything but a relay of them.
      if (isForeign || (entry.kind === entryKinds.attested && entry.device !== ledger.authorityDevice)) return 'protocol-error';
      entries.push(entry);
    }
    const recalled = ledger.recall(entries);
    const restored = entries.filter((entry) => ledger.deletions.restore(entry));
    if (recalled.length + restored.length > 0) onRecalled(recalled, view);
    const isToVerify = (entry: Entry): boolean => ledger.entry(entry.hash) === undefined && entry.form === 'whole';
    const known = entries.filter((entry) => isToVerify(entry) && ledger.keyOf(entry) !== null);
    const genuine = await Promise.all(known.map((entry) => this.#isGenuine(entry)));
    if (genuine.includes(false)) return 'protocol-error';
    const verified = new Set(known);
    const accepted: Entry[] = [];
    let hasGap = false;
    let hasUnknown = false;
    let isForged = false;
    for (const entry of entries) {
      // Its author became known while the others were verified.
      const isNew = ledger.keyOf(entry) !== null && !verified.has(entry) && isToVerify(entry);
      isForged = isNew && !(await this.#isGenuine(entry));
      if (isForged) break;
      const outcome = ledger.accept(entry, false, isAuthorityLink(view.link), false, isNamed(entry.hash));
      if (outcome === 'accepted') accepted.push(entry);
      // What follows one without its payload waits with it, for their records.
      const isWaiting = outcome === 'reduced' || (outcome === 'gap' && reduced.hasOf(entry.stream, view.link));
      if (isWaiting) reduced.hold(entry, view.link);
      if (outcome === 'accepted' || outcome === 'known' || isWaiting) view.note(entry.stream, entry.seq);
      if (outcome === 'gap' && !isWaiting) hasGap = true;
      if (outcome === 'not-permitted') onRefused(entry);
      if (outcome === 'unknown-device') {
        hasUnknown = true;
        this.#held.hold(entry, view.link);
      }
    }
    onOffered(accepted, view);
    if (isForged) return 'protocol-error';
    if (hasUnknown) view.link.send({ type: 'want-statement' });
    if (hasGap) heal(view.link);
    return null;
  }

  async #isGenuine(entry: Entry): Promise<boolean> {
    const { ledger, authority, verifier } = this.#tools;
    const key = ledger.keyOf(entry);
    if (key === null) return false;
    const publicKey = key === 'authority' ? authority : fromHex(key.public_key);
    return verifier.verify(entry.device, publicKey, entry.signature, signedBytes(entry.header));
  }

  /** What waits for a statement, to be offered again. */
  takeHeld(): { link: Link; blocks: Bytes[] }[] {
    return this.#held.take();
  }

  /** The link is gone. */
  drop(link: Link): void {
    this.#held.drop(link);
  }
}

import type { FaultCode } from '../base/errors.ts';
import { fromHex } from '../base/ids.ts';
import type { Bytes } from './bytes.ts';
import { encodeForkProof, parseForkProof, verifyForkProof, type ForkProof } from './fork-proof.ts';
import type { Verifier } from './keys.ts';
import type { Ledger } from './ledger.ts';
import type { LinkView } from './link-view.ts';

export interface ForkWatchTools {
  ledger: Ledger;
  verifier: Verifier;
  views: () => LinkView[];
  /** A device contradicted itself; told once a device. */
  onFork: (proof: ForkProof) => void;
}

/** Hands on the proof that a device contradicted itself, until the authority's statement shows that it knows. R-ENT-3. */
export class ForkWatch {
  readonly #tools: ForkWatchTools;
  readonly #proofs = new Map<string, ForkProof>();

  constructor(tools: ForkWatchTools) {
    this.#tools = tools;
  }

  /** Entries were offered: what contradicts itself among them is told to all. */
  note(): void {
    for (const proof of this.#tools.ledger.takeForks()) this.#add(proof, null);
  }

  #add(proof: ForkProof, from: LinkView | null): void {
    if (this.#proofs.has(proof.device)) return;
    this.#proofs.set(proof.device, proof);
    for (const view of this.#tools.views()) if (view !== from) this.#send(view, proof);
    this.#tools.onFork(proof);
  }

  #send(view: LinkView, proof: ForkProof): void {
    view.link.send({ type: 'fork', proof: encodeForkProof(proof) });
  }

  /** A link begins: the proofs that the statement does not show yet. */
  greet(view: LinkView): void {
    for (const proof of this.#proofs.values()) if (this.#tools.ledger.device(proof.device)?.role !== null) this.#send(view, proof);
  }

  /** One came: null, or why its link is to be closed. */
  async onProof(view: LinkView, bytes: Bytes): Promise<FaultCode | null> {
    const { ledger, verifier } = this.#tools;
    const proof = parseForkProof(bytes, ledger.sessionBytes);
    if (proof === null) return 'protocol-error';
    const device = ledger.device(proof.device);
    if (device === undefined || this.#proofs.has(proof.device)) return null;
    if (!(await verifyForkProof(proof, fromHex(device.public_key), verifier))) return 'protocol-error';
    this.#add(proof, view);
    return null;
  }
}

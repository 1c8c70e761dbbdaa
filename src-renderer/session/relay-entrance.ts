import { z } from 'zod';
import { fromHex, toHex } from '../../shared/base/ids.ts';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import type { Signer } from '../../shared/ledger/keys.ts';
import { relayProofMessage } from '../../shared/ledger/relay-proof.ts';

const hex32 = z.string().regex(/^[0-9a-f]{64}$/);
const challengeSchema = z.strictObject({ type: z.literal('challenge'), nonce: hex32, thumbprint: hex32 });
const readySchema = z.strictObject({ type: z.literal('ready') });

export interface RelayIdentity {
  sessionId: string;
  signer: Signer;
  /** This window's own device and id, hex. */
  device: string;
  window: string;
  /** Raw key of the session's own authority, as it is pinned here. */
  authority: Bytes;
  /** The newest statement, which lists this device; null when there is none yet. */
  statement: () => string | null;
}

/** How a window is let in at a relay: it shows its statement and signs the relay's challenge. The same for both of its sockets. R-MSH-5. */
export class RelayEntrance {
  readonly #identity: RelayIdentity;
  readonly #purpose: 'signals' | 'links';
  /** Of the relay's key, as it says; null before its challenge. */
  thumbprint: Bytes | null = null;

  constructor(identity: RelayIdentity, purpose: 'signals' | 'links') {
    this.#identity = identity;
    this.#purpose = purpose;
  }

  /** The first frame; rejects while there is nothing to show. */
  async first(): Promise<object> {
    const { sessionId, device, window, authority, statement } = this.#identity;
    const jws = statement();
    if (jws === null) throw new Error('no statement to show');
    return {
      type: 'show',
      session_id: sessionId,
      key: toHex(authority),
      statement: jws,
      device_id: device,
      window,
      purpose: this.#purpose,
    };
  }

  /** @returns what is to be said to a message of the relay; 'in' when that lets this window in; null: nothing */
  async answer(message: unknown): Promise<object | 'in' | null> {
    const challenge = challengeSchema.safeParse(message);
    if (challenge.success) {
      const { sessionId, window, signer } = this.#identity;
      const thumbprint = fromHex(challenge.data.thumbprint);
      this.thumbprint = thumbprint;
      const signature = await signer.sign(relayProofMessage({ nonce: fromHex(challenge.data.nonce), thumbprint, sessionId, window }));
      return { type: 'proof', signature: toHex(signature) };
    }
    return readySchema.safeParse(message).success ? 'in' : null;
  }
}

import { fromHex, uuidToBytes } from '../base/ids.ts';
import { sha256 } from './digest.ts';
import { concat, utf8, type Bytes } from './bytes.ts';

const proofTag = utf8('chordme-relay-v1');
const linkTag = utf8('chordme-relay-link-v1');

interface RelayProof {
  /** Of the relay, new for each socket. */
  nonce: Bytes;
  /** Of the relay's own key: a proof for one is none for another. */
  thumbprint: Bytes;
  sessionId: string;
  /** Hex. */
  window: string;
}

/** What a device signs to be let in at a relay. R-MSH-5. */
export function relayProofMessage({ nonce, thumbprint, sessionId, window }: RelayProof): Bytes {
  return concat(proofTag, nonce, thumbprint, uuidToBytes(sessionId), fromHex(window));
}

/** What both sides of a link through a relay bind their proof to, as the authority's thumbprint is on its own socket. R-LNK-2. */
export function relayBinding(thumbprint: Bytes): Bytes {
  return sha256(concat(linkTag, thumbprint));
}

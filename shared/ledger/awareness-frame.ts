import * as decoding from 'lib0/decoding';

/**
 * The one client that an awareness update speaks of (y-protocols' encoding: count, then client, clock, JSON), or null when
 * it is malformed or speaks of several: everybody tells their own presence only. R-MSH-1.
 */
export function awarenessStateOf(update: Uint8Array): number | null {
  try {
    const input = decoding.createDecoder(update);
    if (decoding.readVarUint(input) !== 1) return null;
    const client = decoding.readVarUint(input);
    decoding.readVarUint(input);
    JSON.parse(decoding.readVarString(input));
    return input.pos === update.length ? client : null;
  } catch {
    return null;
  }
}

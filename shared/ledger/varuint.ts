import * as decoding from 'lib0/decoding';

/**
 * Reads a number in its only encoding. lib0 takes a longer one too (it ends in a zero byte), and numbers of which
 * JavaScript knows only some digits. Throws RangeError.
 */
export function readVarUint(input: decoding.Decoder): number {
  const start = input.pos;
  const value = decoding.readVarUint(input);
  const isLong = input.pos - start > 1 && input.arr[input.pos - 1] === 0;
  if (isLong || !Number.isSafeInteger(value)) throw new RangeError('not a number as the ledger writes it');
  return value;
}

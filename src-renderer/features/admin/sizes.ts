import { en } from '../../text/en.ts';

const steps = [
  { bytes: 1_000_000_000, words: en.admin.size.giga },
  { bytes: 1_000_000, words: en.admin.size.mega },
  { bytes: 1_000, words: en.admin.size.kilo },
] as const;

/** "1.4 GB", "230 MB", "12 bytes": three digits are enough to judge by. */
export function sizeWords(bytes: number): string {
  const step = steps.find((each) => bytes >= each.bytes);
  if (step === undefined) return en.admin.size.bytes(String(Math.round(bytes)));
  const count = bytes / step.bytes;
  return step.words(count < 10 ? count.toFixed(1) : String(Math.round(count)));
}

/** "3 ms", "1.2 s". */
export function durationWords(seconds: number): string {
  if (seconds >= 1) return `${seconds.toFixed(1)} s`;
  const ms = seconds * 1_000;
  return `${ms > 0 && ms < 1 ? '< 1' : String(Math.round(ms))} ms`;
}

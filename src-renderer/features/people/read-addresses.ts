import { emailSchema } from '../../../shared/session/schemas.ts';

export interface Addresses {
  emails: readonly string[];
  /** What stands there and is no address. */
  bad: readonly string[];
}

function isAddress(word: string): boolean {
  return emailSchema.safeParse(word).success;
}

/** Addresses as people paste them: commas, semicolons, blanks and lines between them, names around them; each once. */
export function readAddresses(text: string): Addresses {
  const named = [...text.matchAll(/<([^<>]*)>/gu)].map(([, address = '']) => address);
  const plain = text.replaceAll(/(?:"[^"]*"\s*|[^,;<>\n]*)<[^<>]*>/gu, ' ').split(/[\s,;]+/u);
  const words = [...named, ...plain].map((word) => word.trim()).filter((word) => word !== '');
  const seen = new Map(words.map((word) => [word.toLowerCase(), word]));
  return { emails: [...seen.values()].filter(isAddress), bad: [...seen.values()].filter((word) => !isAddress(word)) };
}

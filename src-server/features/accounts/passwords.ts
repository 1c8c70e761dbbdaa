import { hash, verify } from '@node-rs/argon2';
import { Fault } from '../../../shared/base/errors.ts';
import { toHex, type RandomBytes } from '../../../shared/base/ids.ts';
import { commonPasswords } from './common-passwords.ts';

/** OWASP's first choice for argon2id (the library's default kind): 19 MiB, 2 passes; about 30 ms on a small machine. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export interface Passwords {
  /** PHC text to store. */
  hash(password: string): Promise<string>;
  /** With `stored` null (no such account) it takes as long as a wrong password, and is false. */
  matches(stored: string | null, password: string): Promise<boolean>;
}

export async function createPasswords(random: RandomBytes): Promise<Passwords> {
  const nobody = await hash(toHex(random(32)), cost);
  return {
    hash: (password) => hash(password, cost),
    async matches(stored, password) {
      const isRight = await verify(stored ?? nobody, password);
      return stored !== null && isRight;
    },
  };
}

/**
 * Refuses what is tried first: common ones, the person's own name or e-mail, one to three letters over and over.
 * Throws 'unprocessable' for `password`.
 */
export function refuseWeakPassword(password: string, email: string | null, name: string): void {
  const plain = password.toLowerCase();
  const own = [email, email?.split('@')[0], name, name.replaceAll(/\s/g, '')].map((text) => text?.toLowerCase());
  // "letmein2024!" is as common as "letmein".
  const stem = plain.replace(/[\d!?.*#_-]+$/, '');
  if (commonPasswords.has(plain) || commonPasswords.has(stem) || own.includes(plain) || new Set(plain).size < 4) {
    throw new Fault('unprocessable', undefined, [{ path: 'password', message: 'This password is among the first that are tried.' }]);
  }
}

import { createHash, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from '../../shared/base/ids.ts';

/**
 * Who may come in: the token of a link opens once and leaves a cookie, the cookie opens from then on. All live as long as the
 * process.
 */
export interface Door {
  /** For the printed link. */
  readonly token: string;
  /** True the first time a right token is shown. */
  takeToken(shown: string): boolean;
  /** The Set-Cookie header that goes with a taken token. */
  readonly setCookie: string;
  hasCookie(cookieHeader: string | undefined): boolean;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/**
 * @param keepSpare told the token of one more link, and another when that was used: for who comes later and has no cookie any more
 * @param port part of the cookie's name, since browsers share cookies between the ports of one host
 */
export function createDoor(random: RandomBytes, port: number, keepSpare: (token: string) => void): Door {
  const secret = (): string => Buffer.from(random(32)).toString('base64url');
  const token = secret();
  const cookie = secret();
  const name = `chordme-${port}`;
  let spare = secret();
  let isTaken = false;
  keepSpare(spare);
  return {
    token,
    takeToken: (shown) => {
      if (same(shown, spare)) {
        spare = secret();
        keepSpare(spare);
        return true;
      }
      if (isTaken || !same(shown, token)) return false;
      isTaken = true;
      return true;
    },
    setCookie: `${name}=${cookie}; Path=/; HttpOnly; SameSite=Strict`,
    hasCookie: (header) =>
      (header ?? '').split(';').some((part) => {
        const [key, value] = part.trim().split('=', 2);
        return key === name && value !== undefined && same(value, cookie);
      }),
  };
}

import type { RandomBytes } from '../../../shared/base/ids.ts';

/** Stands in a page where its nonce goes; also written in src-renderer/index.html. */
export const styleNoncePlace = 'style-nonce-of-this-page';

const directives: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self' data:",
  'media-src': "'self' blob:",
  // The ledger and signaling sockets go to whichever authority was chosen; REST goes through core alone.
  'connect-src': "'self' ws: wss:",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

function policyWith(styleSource: string): string {
  return Object.entries({ ...directives, 'style-src': styleSource })
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

/** Headers of everything that a shell gives the renderer, but pages. */
export const rendererHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policyWith("'self'"),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(self), midi=(self), payment=(), usb=()',
};

/**
 * A page with a nonce of its own for the style elements in it, and its headers. Mantine and CodeMirror put such elements into the
 * page while it runs, with the nonce; one that comes in any other way is not applied.
 */
export function pageWithNonce(html: string, random: RandomBytes): { content: string; headers: Readonly<Record<string, string>> } {
  const nonce = Buffer.from(random(16)).toString('base64');
  return {
    content: html.replaceAll(styleNoncePlace, nonce),
    headers: { ...rendererHeaders, 'content-security-policy': policyWith(`'self' 'nonce-${nonce}'`) },
  };
}

/** The nonce of this page, without which its policy applies no style element; empty where a page is served without a policy. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

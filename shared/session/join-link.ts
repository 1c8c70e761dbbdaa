/** A link that says which server, with which key, and the way in: product.md, promises. */
export function joinLink({ server, key, code }: { server: string; key: string; code: string }): string {
  return `chordme://join?server=${encodeURIComponent(server)}&key=${encodeURIComponent(key)}&code=${encodeURIComponent(code)}`;
}

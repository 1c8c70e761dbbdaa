/**
 * A link that says which server, with which key, and the way in: product.md, promises.
 * @param code null: it leads to the server, and whoever follows it types a code
 */
export function joinLink({ server, key, code }: { server: string; key: string; code: string | null }): string {
  return `chordme://join?server=${encodeURIComponent(server)}&key=${encodeURIComponent(key)}${code === null ? '' : `&code=${encodeURIComponent(code)}`}`;
}

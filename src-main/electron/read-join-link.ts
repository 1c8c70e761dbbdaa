import { joinCodeSchema } from '../../shared/session/schemas.ts';

/** More than any link of ours: a server's address of 500 characters, escaped, beside key and code. */
const longestLink = 2_000;
const parameters = ['server', 'key', 'code'] as const;

function isServer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' && search === '' && hash === '';
}

/**
 * The place of the interface that a `chordme://` link leads to; null for a link that is not written as `joinLink` writes it: links
 * come from anybody, and nothing in them is guessed or passed on. What it leads to asks before anything happens.
 */
export function readJoinLink(text: string): string | null {
  if (text.length > longestLink || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isJoin = url.protocol === 'chordme:' && url.host === 'join' && ['', '/'].includes(url.pathname);
  if (!isJoin || url.username !== '' || url.password !== '' || url.hash !== '') return null;
  const given = url.searchParams;
  if (given.size !== parameters.length || !parameters.every((name) => given.has(name))) return null;
  const server = given.get('server') ?? '';
  const key = given.get('key') ?? '';
  const code = joinCodeSchema.safeParse(given.get('code'));
  if (!isServer(server) || !/^[\w-]{43}$/.test(key) || !code.success) return null;
  return `/join?${new URLSearchParams({ server, key, code: code.data }).toString()}`;
}

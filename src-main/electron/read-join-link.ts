import { joinCodeSchema } from '../../shared/session/schemas.ts';

/** More than any link of ours: a server's address of 500 characters, escaped, beside key and code. */
const longestLink = 2_000;
const needed = ['server', 'key'] as const;

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
  const hasCode = given.has('code');
  if (given.size !== needed.length + (hasCode ? 1 : 0) || !needed.every((name) => given.has(name))) return null;
  const server = given.get('server') ?? '';
  const key = given.get('key') ?? '';
  const code = joinCodeSchema.optional().safeParse(given.get('code') ?? undefined);
  if (!isServer(server) || !/^[\w-]{43}$/.test(key) || !code.success) return null;
  return `/join?${new URLSearchParams({ server, key, ...(code.data !== undefined && { code: code.data }) }).toString()}`;
}

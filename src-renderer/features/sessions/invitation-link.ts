interface InvitationLink {
  /** Origin of the server, null for the chosen one. */
  server: string | null;
  /** Thumbprint of the key that the server must have. */
  key: string | null;
  code: string;
}

/** What a link `/join?server&key&code` says. A server that is no http address is as good as none: links come from anybody. */
export function readInvitation(search: URLSearchParams): InvitationLink {
  const given = search.get('server');
  const url = given !== null && URL.canParse(given) ? new URL(given) : null;
  const isWeb = url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';
  return {
    server: isWeb ? url.origin : null,
    key: search.get('key'),
    code: (search.get('code') ?? '').slice(0, 20),
  };
}

/** The part of the address behind `/join` that a whole link stands for, as somebody pastes it; null when it is no such link. */
export function searchOfLink(text: string): string | null {
  const typed = text.trim();
  if (typed.length > 2_000 || !URL.canParse(typed)) return null;
  const url = new URL(typed);
  const isOwn = url.protocol === 'chordme:' && (url.host === 'join' || url.pathname.replaceAll('/', '') === 'join');
  const isPage = (url.protocol === 'http:' || url.protocol === 'https:') && url.pathname.endsWith('/join');
  return (isOwn ? url.searchParams.has('server') || url.searchParams.has('code') : isPage && url.searchParams.has('code'))
    ? url.search
    : null;
}

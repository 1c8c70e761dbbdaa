export interface Invitation {
  /** Origin of the server, null for the chosen one. */
  server: string | null;
  /** Thumbprint of the key that the server must have. */
  key: string | null;
  code: string;
}

/** What a link `/join?server&key&code` says. A server that is no http address is as good as none: links come from anybody. */
export function readInvitation(search: URLSearchParams): Invitation {
  const given = search.get('server');
  const url = given !== null && URL.canParse(given) ? new URL(given) : null;
  const isWeb = url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';
  return {
    server: isWeb ? url.origin : null,
    key: search.get('key'),
    code: (search.get('code') ?? '').slice(0, 20),
  };
}

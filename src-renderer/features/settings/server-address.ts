/** The origin of what somebody typed as a server: `https://` is added where no scheme is given, `http://` for this computer. Null when it is no web address. */
export function readServerAddress(typed: string): string | null {
  const trimmed = typed.trim();
  if (trimmed === '') return null;
  const isLocal = /^(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/iu.test(trimmed);
  const whole = /^[a-z][a-z0-9+.-]*:\/\//iu.test(trimmed) ? trimmed : `${isLocal ? 'http' : 'https'}://${trimmed}`;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url.origin : null;
}

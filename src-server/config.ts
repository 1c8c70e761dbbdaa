import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { registrationSchema, serverDescriptionSchema } from '../shared/api/server.ts';
import { emailSchema } from '../shared/session/schemas.ts';

const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');
const iceServers = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(serverDescriptionSchema.shape.ice_servers);

const turnUrls = z
  .string()
  .transform((text) => (text === '' ? [] : text.split(',').map((url) => url.trim())))
  .refine((urls) => urls.every((url) => /^turns?:[^\s?]+(\?transport=(udp|tcp))?$/.test(url)), 'addresses like turn:turn.example.org:3478');

/** Fastify would throw at the first request for an address that is none; here it is named at the start. */
const proxies = z.string().refine(
  (text) =>
    text === '' ||
    text.split(',').every((part) => {
      const [address = '', bits, ...more] = part.trim().split('/');
      const longest = isIP(address) === 4 ? 32 : 128;
      return isIP(address) !== 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest));
    }),
  'addresses or subnets like 10.0.0.1,fd00::/8',
);

const httpUrl = z.union([
  z.literal(''),
  z.url({ protocol: /^https?$/, error: 'an address like https://chords.example.org' }).transform((text) => text.replace(/\/+$/, '')),
]);
const smtpUrl = z.union([z.literal(''), z.url({ protocol: /^smtps?$/, error: 'an address like smtps://user:password@mail.example.org' })]);

/** One row a setting: the variable is CHORDME_ and the key in capitals. Defaults suit a laptop in a rehearsal room. */
const settings = {
  host: { schema: z.string().min(1).max(255), fallback: '127.0.0.1', says: 'address to listen on; 0.0.0.0 for all' },
  port: { schema: z.coerce.number().int().min(0).max(65_535), fallback: '4777', says: 'port to listen on; 0 picks a free one' },
  data_dir: { schema: z.string().min(1), fallback: './chordme-data', says: 'folder of the database and the keys; made when missing' },
  name: { schema: z.string().trim().min(1).max(80), fallback: 'ChordMe', says: 'name that people see' },
  registration: {
    schema: registrationSchema,
    fallback: 'open',
    says: 'who may make an account at most: open, invited or closed; administrators can narrow it',
  },
  admin: {
    schema: z.union([z.literal(''), emailSchema.toLowerCase()]),
    fallback: '',
    says: 'e-mail of the administrator; empty: the first who registers',
  },
  rate_limits: { schema: onOff, fallback: 'on', says: 'off lifts the rates, for load tests on loopback' },
  trust_proxy: {
    schema: proxies,
    fallback: '',
    says: 'addresses or subnets of the proxies in front, comma separated; their X-Forwarded-For is believed',
  },
  ice_servers: { schema: iceServers, fallback: '[]', says: 'STUN and TURN servers as JSON: [{"urls":"stun:example.org"}]' },
  public_url: {
    schema: httpUrl,
    fallback: '',
    says: 'address at which people reach the server, for links in mails: https://chords.example.org',
  },
  smtp_url: {
    schema: smtpUrl,
    fallback: '',
    says: 'mail server: smtp://user:password@host:587 or smtps://…; empty: no mail is sent',
  },
  mail_from: { schema: z.union([z.literal(''), emailSchema]), fallback: '', says: 'sender of mails; needed with CHORDME_SMTP_URL' },
  metrics_token: {
    schema: z.string().regex(/^[\x21-\x7e]{16,256}$|^$/, 'at least 16 visible ASCII characters'),
    fallback: '',
    says: 'bearer token for /metrics; empty: from this computer only',
  },
  turn_urls: {
    schema: turnUrls,
    fallback: '',
    says: 'TURN servers that take time-limited credentials, comma separated: turn:turn.example.org:3478',
  },
  turn_secret: {
    schema: z.union([z.literal(''), z.string().min(16).max(512)]),
    fallback: '',
    says: 'the secret shared with them (coturn: static-auth-secret), at least 16 characters',
  },
  relay: {
    schema: onOff,
    fallback: 'off',
    says: 'on passes signals and links on for sessions of other servers that are out of reach, for who shows their statement',
  },
  log_level: {
    schema: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']),
    fallback: 'info',
    says: 'how much is logged to standard error',
  },
} as const;

type Settings = typeof settings;
export type ServerConfig = { [K in keyof Settings]: z.output<Settings[K]['schema']> };

const variableOf = (key: string) => `CHORDME_${key.toUpperCase()}`;

/** What is wrong with the environment, a line a variable. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';
}

/**
 * Settings from CHORDME_* variables; empty counts as not set. An unknown CHORDME_ variable is refused, since a
 * mistyped one would quietly leave a default in force. Throws ConfigFault.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ServerConfig {
  const keys = Object.keys(settings) as (keyof Settings)[];
  const known = new Set(keys.map(variableOf));
  const problems = Object.keys(environment)
    .filter((name) => name.startsWith('CHORDME_') && !known.has(name))
    .map((name) => `${name}: no such setting`);
  const values: Record<string, unknown> = {};
  for (const key of keys) {
    const name = variableOf(key);
    const given = environment[name];
    const parsed = settings[key].schema.safeParse(given === undefined || given === '' ? settings[key].fallback : given);
    if (parsed.success) values[key] = parsed.data;
    else problems.push(...parsed.error.issues.map((issue) => `${name}: ${issue.message}`));
  }
  if (values['smtp_url'] !== '' && values['mail_from'] === '') problems.push('CHORDME_MAIL_FROM: needed with CHORDME_SMTP_URL');
  const isHalf = problems.length === 0 && (values['turn_secret'] === '') !== ((values['turn_urls'] as string[]).length === 0);
  if (isHalf) problems.push('CHORDME_TURN_URLS and CHORDME_TURN_SECRET: one is of no use without the other');
  if (problems.length > 0) throw new ConfigFault(problems.join('\n'));
  const config = values as ServerConfig;
  return { ...config, data_dir: resolve(config.data_dir) };
}

/** A line a setting, for `--help`. */
export function settingsHelp(): string[] {
  return Object.entries(settings).map(([key, row]) => {
    const fallback = row.fallback === '' ? 'empty' : row.fallback;
    return `  ${variableOf(key).padEnd(24)}${row.says} (default: ${fallback})`;
  });
}

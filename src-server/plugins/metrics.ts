import { timingSafeEqual, createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault } from '../../shared/base/errors.ts';
import type { Database } from '../database/open-database.ts';
import { version } from '../version.ts';

/** Seconds; what people notice is in the middle. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface MetricsParts {
  /** Bearer token; empty: from this computer only. */
  token: string;
  db: Database;
  databasePath: string;
  sockets(): Readonly<Record<'signaling' | 'ledger' | 'events', number>>;
}

/** The same numbers, for administrators in the app. */
export interface Figures {
  sockets: Record<'signaling' | 'ledger' | 'events', number>;
  memory_bytes: number;
  database_bytes: number;
  answers: { total: number; failed: number; average_seconds: number };
  delay_seconds: number;
}

const delayEveryMs = 20;

type Labels = Readonly<Record<string, string>>;

function line(name: string, labels: Labels, value: number): string {
  const inside = Object.entries(labels).map(
    ([key, text]) => `${key}="${text.replaceAll(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`))}"`,
  );
  return `${name}${inside.length === 0 ? '' : `{${inside.join(',')}}`} ${value}`;
}

function block(name: string, type: 'counter' | 'gauge' | 'histogram', help: string, lines: readonly string[]): string {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n');
}

function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** Who may read: who has the token; without one, this computer, but not what a proxy on it passes on. Throws 'not-found'. */
function expectReader(request: FastifyRequest, token: string): void {
  const isPassedOn = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
  const mayRead =
    token === ''
      ? isLoopback(request.socket.remoteAddress) && !isPassedOn
      : timingSafeEqual(sha256(request.headers.authorization ?? ''), sha256(`Bearer ${token}`));
  if (!mayRead) throw new Fault('not-found');
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

function counts(db: Database, sql: string): Map<string, number> {
  const rows = db.raw.prepare<[], { name: string; count: number }>(sql).all();
  return new Map(rows.map(({ name, count }) => [name, count]));
}

/** `/metrics` in Prometheus's text form: numbers only, nobody's name. Answers a reader of the main ones. */
export function registerMetrics(app: FastifyInstance, parts: MetricsParts): () => Figures {
  const requests = new Map<string, { labels: Labels; count: number }>();
  const buckets = bounds.map(() => 0);
  let [seconds, answered, failed] = [0, 0, 0];
  const delay = monitorEventLoopDelay({ resolution: delayEveryMs });
  delay.enable();
  app.addHook('onClose', () => {
    delay.disable();
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    const key = `${labels.method} ${labels.route} ${labels.status}`;
    const row = requests.get(key) ?? { labels, count: 0 };
    row.count += 1;
    requests.set(key, row);
    const took = reply.elapsedTime / 1000;
    seconds += took;
    answered += 1;
    if (reply.statusCode >= 500) failed += 1;
    for (const [at, bound] of bounds.entries()) if (took <= bound) buckets[at] = (buckets[at] ?? 0) + 1;
  });

  function text(): string {
    const gauge = (name: string, help: string, values: Iterable<readonly [Labels, number]>) =>
      block(
        name,
        'gauge',
        help,
        [...values].map(([labels, value]) => line(name, labels, value)),
      );
    const byStatus = [...counts(parts.db, 'SELECT status AS name, count(*) AS count FROM sessions GROUP BY status')];
    const byKind = [
      ...counts(
        parts.db,
        `SELECT CASE WHEN deleted_at IS NOT NULL THEN 'deleted' WHEN email IS NULL THEN 'guest' ELSE 'account' END AS name, count(*) AS count
         FROM users GROUP BY 1`,
      ),
    ];
    const { user, system } = process.cpuUsage();
    const http = 'chordme_http_request_seconds';
    return `${[
      gauge('chordme_info', 'Version of the server.', [[{ version }, 1]]),
      block(
        'chordme_http_requests_total',
        'counter',
        'Answers by route and status.',
        [...requests.values()].map(({ labels, count }) => line('chordme_http_requests_total', labels, count)),
      ),
      block(http, 'histogram', 'How long answers took.', [
        ...bounds.map((bound, at) => line(`${http}_bucket`, { le: String(bound) }, buckets[at] ?? 0)),
        line(`${http}_bucket`, { le: '+Inf' }, answered),
        line(`${http}_sum`, {}, seconds),
        line(`${http}_count`, {}, answered),
      ]),
      gauge(
        'chordme_sockets',
        'Open sockets that proved who they are.',
        Object.entries(parts.sockets()).map(([kind, count]) => [{ kind }, count] as const),
      ),
      gauge(
        'chordme_sessions',
        'Sessions by status.',
        byStatus.map(([status, count]) => [{ status }, count] as const),
      ),
      gauge(
        'chordme_users',
        'People by kind.',
        byKind.map(([kind, count]) => [{ kind }, count] as const),
      ),
      gauge('chordme_database_bytes', 'Size of the database.', [[{}, statSync(parts.databasePath).size]]),
      gauge('chordme_event_loop_delay_seconds', 'The 99th percentile since the last look.', [[{}, delay.percentile(99) / 1e9]]),
      gauge('process_resident_memory_bytes', 'Memory in use.', [[{}, process.memoryUsage.rss()]]),
      block('process_cpu_seconds_total', 'counter', 'Processor time used.', [line('process_cpu_seconds_total', {}, (user + system) / 1e6)]),
    ].join('\n')}\n`;
  }

  app.get('/metrics', { config: { rateLimit: false } }, async (request, reply) => {
    expectReader(request, parts.token);
    const answer = text();
    delay.reset();
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(answer);
  });

  return () => {
    const { signaling, ledger, events } = parts.sockets();
    return {
      sockets: { signaling, ledger, events },
      memory_bytes: process.memoryUsage.rss(),
      database_bytes: sizeOf(parts.databasePath) + sizeOf(`${parts.databasePath}-wal`),
      answers: { total: answered, failed, average_seconds: answered === 0 ? 0 : seconds / answered },
      // The watch counts its own pause as delay.
      delay_seconds: Math.max(0, delay.percentile(99) / 1e9 - delayEveryMs / 1e3),
    };
  };
}

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callApi } from '../test/support/api-client.ts';
import { createSession, registerUser, startTestServer } from '../test/support/server.ts';
import type { PartyOrder } from './size-party.ts';

// A long session: so many entries in a song of so many bytes. How long joining and opening again take, and what memory.
// `npm run bench -- size` or `node bench/size.ts 100000 1000000`.

interface PartyReport {
  role: string;
  ms: number;
  rssMb: number;
  heapMb: number;
  n: number;
  digest: string;
}

const [entries = 100_000, songBytes = 1_000_000] = process.argv.slice(2).map(Number).filter(Number.isFinite);
const songId = '0198f000-0000-7000-8000-0000000000aa';
const folder = mkdtempSync(join(tmpdir(), 'chordme-bench-'));
const dataDir = join(folder, 'server');
const path = join(import.meta.dirname, 'size-party.ts');

async function party(order: PartyOrder): Promise<PartyReport> {
  const child = fork(path, [JSON.stringify(order)]);
  const ended = once(child, 'exit');
  const [report] = (await Promise.race([once(child, 'message'), ended.then(() => Promise.reject(new Error(`${order.role} ended`)))])) as [
    PartyReport,
  ];
  await ended;
  return report;
}

try {
  let server = await startTestServer({ dataDir });
  const owner = await registerUser(server.url, 'Ann');
  const session = await createSession(server.url, owner, {
    template_id: 'band-practice',
    song: { id: songId, title: 'Silent Night', chordpro: '\n' },
    max_participants: 50,
  });
  const place = { sessionId: session.id, songId, code: session.join_code, songBytes };
  const reports: PartyReport[] = [];
  const run = async (role: PartyOrder['role'], name: string, count: number): Promise<PartyReport> => {
    const report = await party({ ...place, url: server.url, role, file: join(folder, `${name}.db`), count });
    reports.push({ ...report, role: name });
    console.log(JSON.stringify({ ...report, role: name }));
    return report;
  };
  const wrote = await run('write', 'writer', entries);
  await run('join', 'joiner', wrote.n);
  await run('reopen', 'joiner', 0);
  await run('reopen', 'writer', 0);
  await server.close();
  const before = performance.now();
  server = await startTestServer({ dataDir });
  await callApi(server.url, 'describeServer', {});
  console.log(`server started again in ${Math.round(performance.now() - before)} ms`);
  await run('join', 'joiner after the restart', wrote.n);
  await server.close();
  console.log(`ledger on the server's disk: ${Math.round(statSync(join(dataDir, 'chordme.db')).size / 1024 / 1024)} MB`);
  const digests = new Set(reports.map(({ digest }) => digest));
  console.log(digests.size === 1 ? 'all have the same content' : 'CONTENT DIFFERS');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

import Database from 'better-sqlite3';
import { systemTimers } from '../src-server/system-timers.ts';
import { Author } from '../shared/ledger/author.ts';
import { contentDigest } from '../shared/ledger/content-digest.ts';
import { entryKinds } from '../shared/ledger/entry.ts';
import { Ledger } from '../shared/ledger/ledger.ts';
import { loadLedger, readStoredLedger } from '../shared/ledger/load.ts';
import { encodeHead } from '../shared/ledger/record.ts';
import { authorityDeviceOf } from '../shared/ledger/authority-key.ts';
import { Replica } from '../shared/ledger/replica.ts';
import { createSqlLedgerStore, ledgerCheckpointsSql, ledgerTablesSql } from '../shared/ledger/sql-ledger-store.ts';
import { verifyStatement } from '../shared/ledger/statement.ts';
import { rootOfSong } from '../shared/ledger/update.ts';
import { callApi } from '../test/support/api-client.ts';
import { identityOf, ledgerPerson, linkTools, openAuthenticated, placeOf } from '../test/support/ledger-client.ts';
import { expectDone, testPassword } from '../test/support/server.ts';

// One party of bench/size.ts in a process of its own: `write` writes, `join` joins, `reopen` opens what `join` stored.

export interface PartyOrder {
  role: 'write' | 'join' | 'reopen';
  url: string;
  sessionId: string;
  songId: string;
  code: string;
  file: string;
  /** How many entries to write, or records to wait for. */
  count: number;
  songBytes: number;
}

const order = JSON.parse(process.argv[2] ?? '{}') as PartyOrder;
const started = performance.now();
const place = await placeOf(order.url);
const db = new Database(order.file);
db.pragma('journal_mode = WAL');
// The app gathers its writes; here each stands alone, and a disk's pauses are not what is measured.
db.pragma('synchronous = OFF');
if (order.role !== 'reopen') db.exec(ledgerTablesSql + ledgerCheckpointsSql);
const store = createSqlLedgerStore(db);
const ledger = new Ledger(order.sessionId, authorityDeviceOf(place.authority.raw));

const mb = (bytes: number): number => Math.round(bytes / 1024 / 1024);

function report(more: Record<string, unknown> = {}): void {
  const { rss, heapUsed } = process.memoryUsage();
  const ms = Math.round(performance.now() - began);
  process.send?.({ role: order.role, ms, rssMb: mb(rss), heapMb: mb(heapUsed), n: ledger.n, digest: contentDigest(ledger.fold), ...more });
}

let began = started;
if (order.role === 'reopen') {
  began = performance.now();
  const jws = store.readStatement(order.sessionId);
  const statement = jws === null ? null : await verifyStatement(jws, place.authority.key, order.sessionId);
  if (statement !== null) ledger.setStatement(statement);
  loadLedger(ledger, readStoredLedger(store, order.sessionId, 4 * 1024 * 1024));
  report({ held: ledger.records.length });
  process.exit(0);
}

const person = await ledgerPerson(order.url, `${order.role}${process.pid}`);
expectDone(await callApi(order.url, 'joinByCode', { code: order.code }, person.user.token));
const replica = new Replica(ledger, place.authority, identityOf(person.signer, ledger.sessionBytes), linkTools(), {
  onEntries: (entries) => store.appendEntries(order.sessionId, entries, false),
  onRecords: (firstN, batch, head) =>
    store.appendRecords(
      order.sessionId,
      firstN,
      batch.map(({ bytes }) => bytes),
      { n: head.n, bytes: encodeHead(head) },
    ),
  onStatement: ({ jws }) => store.putStatement(order.sessionId, jws),
  onCheckpoint: ({ head, headBytes, body }) => store.putCheckpoint(order.sessionId, { n: head.n, head: headBytes, body }),
  onAwareness: () => undefined,
  onLinks: () => undefined,
  onChange: () => author.attach(order.role === 'write'),
  onStrike: (_link, code) => console.error('strike', code),
});
const author = new Author(ledger, {
  signer: person.signer,
  clock: { now: () => Date.now() },
  timers: systemTimers,
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  onEntry: (entry) => replica.publish(entry, entry.kind === entryKinds.songUpdate),
  onFailure: (error) => console.error(error),
});

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
began = performance.now();
/** A socket ends with its token, long before a long session is written, and a busy machine loses one now and then. */
async function stayLinked(): Promise<never> {
  for (let { token } = person.user; ;) {
    const { closed } = await openAuthenticated(place, order.sessionId, { token, device: person.device }, (transport) =>
      replica.connect(transport, place.binding, authorityDeviceOf(place.authority.raw)),
    );
    console.error('link ended:', (await closed).reason);
    const email = person.user.credentials.user.email ?? '';
    token = expectDone(await callApi(order.url, 'login', { email, password: testPassword })).access_token;
  }
}
stayLinked().catch((error: unknown) => console.error(error));
const text = () => ledger.fold.doc.getText(rootOfSong(order.songId));
if (order.role === 'write') {
  while (replica.authorityView?.n == null) await pause();
  author.attach(true);
  const verse = '[G]Silent night, [D7]holy night, [C]all is calm\n';
  text().insert(0, verse.repeat(Math.ceil(order.songBytes / verse.length)));
  await author.flush();
  for (let at = 0; at < order.count; at++) {
    const place = (at * 7_919) % text().length;
    if (at % 4 === 3) text().delete(place, 1);
    else text().insert(place, 'la');
    // Each change is an entry; the authority numbers many at once, as of many people who write.
    const signed = author.flush();
    if (at % 100 !== 0) continue;
    await signed;
    while (ledger.pending().reduce((sum, stream) => sum + stream.tip - stream.sequencedSeq, 0) > 1_000) await pause();
    if (at % 10_000 === 0) console.error(`${at} written`);
  }
  await author.flush();
  while (ledger.hasUnnumbered) await pause();
} else while (ledger.n < order.count) await pause();
report({ held: ledger.records.length, songLength: text().length });
await new Promise((resolve) => setTimeout(resolve, 100));
process.exit(0);

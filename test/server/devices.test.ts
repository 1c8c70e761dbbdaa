import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemTimers } from '../../src-server/system-timers.ts';
import { openDatabase } from '../../src-server/database/open-database.ts';
import { createSessionStore } from '../../src-server/features/sessions/session-store.ts';
import { createStatementSource } from '../../src-server/features/sessions/statement-source.ts';
import { openAuthorityKeys, thumbprintOf } from '../../src-server/keys/authority-keys.ts';
import { permissions } from '../../shared/session/roles.ts';
import { fromHex } from '../../shared/base/ids.ts';
import { limits } from '../../shared/base/limits.ts';
import { type StatementClaims, statementClaimsSchema, signStatement, verifyStatement } from '../../shared/ledger/statement.ts';
import { callApi } from '../support/api-client.ts';
import {
  createSession,
  expectDone,
  makeDevice,
  registerDevice,
  registerUser,
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '../support/server.ts';

async function server(options?: TestServerOptions) {
  const started = await startTestServer(options);
  onTestFinished(() => started.close());
  return started;
}

/** What the running server states about a session, read beside it from its own files. */
function statementOf({ config }: TestServer, sessionId: string): StatementClaims {
  const clock = { now: () => Date.now() };
  const db = openDatabase(join(config.data_dir, 'chordme.db'), new Date().toISOString());
  try {
    const claims = createStatementSource(db, createSessionStore(db), clock).readStatementClaims(sessionId);
    return statementClaimsSchema.parse(claims);
  } finally {
    db.close();
  }
}

test('a device is registered with its proof, named, listed, and the same key is the same device', async () => {
  const { url } = await server();
  const ada = await registerUser(url);
  const { proof, device_id } = await makeDevice(url, ada.id);
  const first = await callApi(url, 'registerDevice', { ...proof, name: 'Stage laptop' }, ada.token);
  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({ device_id, name: 'Stage laptop', revoked_at: null });
  const again = await callApi(url, 'registerDevice', { ...proof, name: 'Other name' }, ada.token);
  expect(again.body).toEqual(first.body);
  expect((await callApi(url, 'listDevices', {}, ada.token)).body?.items).toEqual([first.body]);
});

test('nobody registers the key of another person, nor with a proof made for another', async () => {
  const { url } = await server();
  const ada = await registerUser(url);
  const mallory = await registerUser(url, 'Mallory');
  const device = await makeDevice(url, ada.id);
  const stolen = await callApi(url, 'registerDevice', { ...device.proof, name: 'Mine' }, mallory.token);
  expect(stolen.problem).toMatchObject({ status: 401, code: 'proof-failed' });
  const signature = device.proof.signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  const forged = await callApi(url, 'registerDevice', { ...device.proof, signature, name: 'Mine' }, ada.token);
  expect(forged.problem?.code).toBe('proof-failed');
  // A point of small order would verify almost anything.
  const weak = await callApi(
    url,
    'registerDevice',
    { public_key: `01${'00'.repeat(31)}`, signature: `01${'00'.repeat(63)}`, name: 'Weak' },
    ada.token,
  );
  expect(weak.problem?.code).toBe('proof-failed');
  expect((await callApi(url, 'listDevices', {}, ada.token)).body?.items).toEqual([]);
});

test('revoking is for good, for one’s own devices only, and shown in the list', async () => {
  const { url } = await server();
  const ada = await registerUser(url);
  const ben = await registerUser(url, 'Ben');
  const { proof, device_id } = await makeDevice(url, ada.id);
  expectDone(await callApi(url, 'registerDevice', { ...proof, name: 'Phone' }, ada.token));
  expect((await callApi(url, 'revokeDevice', { device_id }, ben.token)).status).toBe(404);
  expect((await callApi(url, 'revokeDevice', { device_id }, ada.token)).status).toBe(204);
  expect((await callApi(url, 'revokeDevice', { device_id }, ada.token)).status).toBe(204);
  expect((await callApi(url, 'listDevices', {}, ada.token)).body?.items[0]?.revoked_at).not.toBeNull();
  expect((await callApi(url, 'registerDevice', { ...proof, name: 'Phone' }, ada.token)).problem?.code).toBe('forbidden');
});

test('[R-LIM-1] a 17th device makes room by retiring the one not seen for longest', async () => {
  let ahead = 0;
  const { url } = await server({ time: { ...systemTimers, now: () => Date.now() + (ahead += 1_000) } });
  const ada = await registerUser(url);
  const made: string[] = [];
  for (let at = 0; at < 17; at++) made.push((await registerDevice(url, ada)).device_id);
  const items = (await callApi(url, 'listDevices', {}, ada.token)).body?.items ?? [];
  expect(items.filter((item) => item.revoked_at !== null).map((item) => item.device_id)).toEqual([made[0]]);
  expect(items).toHaveLength(17);
});

test('[R-LIM-1] nobody fills the statements of their sessions with devices: a day has an end, and the next day is another', async () => {
  let nowMs = Date.now();
  const { url } = await server({ time: { ...systemTimers, now: () => nowMs } });
  const ada = await registerUser(url);
  for (let made = 0; made < limits.devicesPerDay; made++) await registerDevice(url, ada);
  const { proof } = await makeDevice(url, ada.id);
  expect((await callApi(url, 'registerDevice', { ...proof, name: 'One more' }, ada.token)).problem?.code).toBe('rate-limited');
  nowMs += 24 * 60 * 60_000;
  const { access_token } = expectDone(await callApi(url, 'refresh', { refresh_token: ada.credentials.refresh_token }));
  expectDone(await callApi(url, 'registerDevice', { ...proof, name: 'One more' }, access_token));
  // The same one again is no further one.
  expectDone(await callApi(url, 'registerDevice', { ...proof, name: 'One more' }, access_token));
});

test('[R-MEM-1] the statement lists each device with its present role and all it ever had; each change is one epoch', async () => {
  const started = await server();
  const { url } = started;
  const ada = await registerUser(url);
  const ben = await registerUser(url, 'Ben');
  const adasDevice = await registerDevice(url, ada);
  const session = await createSession(url, ada);
  const at = (epoch: number) => {
    const claims = statementOf(started, session.id);
    expect(claims.epoch).toBe(epoch);
    return claims;
  };
  expect(at(1)).toMatchObject({
    session_id: session.id,
    generation: 1,
    status: 'active',
    dormant: false,
    permissions: session.permission_table,
    participants: [{ user_id: ada.id, name: 'Ada', role: 'owner', status: 'joined' }],
    devices: [{ device_id: adasDevice.device_id, user_id: ada.id, role: 'owner', had: permissions, barred: false }],
  });
  const { iat, exp } = at(1);
  expect(exp - iat).toBe(30 * 24 * 60 * 60);

  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.token));
  expect(at(2).devices).toHaveLength(1);
  // A device that comes later is in all sessions its user is in.
  const bens = await registerDevice(url, ben);
  const ofBen = (epoch: number) => at(epoch).devices.find((device) => device.device_id === bens.device_id);
  const asEditor = ['read', 'edit', 'comment', 'chat', 'record'];
  expect(ofBen(3)).toMatchObject({ role: 'editor', had: asEditor });

  const target = { id: session.id, user_id: ben.id };
  expectDone(await callApi(url, 'changeRole', { ...target, role: 'viewer' }, ada.token));
  expect(ofBen(4)).toMatchObject({ role: 'viewer', had: asEditor });
  expectDone(await callApi(url, 'pauseSession', { id: session.id }, ada.token));
  expect(at(5).status).toBe('paused');
  expectDone(await callApi(url, 'resumeSession', { id: session.id }, ada.token));

  // R-MEM-3: it stays listed with its key.
  expectDone(await callApi(url, 'removeParticipant', target, ada.token));
  expect(ofBen(7)).toMatchObject({ role: null, had: asEditor });
  expect(at(7).participants[1]).toMatchObject({ user_id: ben.id, role: null, status: 'removed' });
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.token));
  expect(ofBen(8)).toMatchObject({ role: 'editor', had: asEditor });
  expectDone(await callApi(url, 'revokeDevice', { device_id: bens.device_id }, ben.token));
  expect(ofBen(9)).toMatchObject({ role: null, had: asEditor });
});

test('who was a viewer only has had no more than a viewer', async () => {
  const started = await server();
  const ada = await registerUser(started.url);
  const ben = await registerUser(started.url, 'Ben');
  const device = await registerDevice(started.url, ben);
  const session = await createSession(started.url, ada, { template_id: 'music-lesson' });
  expectDone(await callApi(started.url, 'joinByCode', { code: session.join_code }, ben.token));
  expect(statementOf(started, session.id).devices).toMatchObject([{ device_id: device.device_id, role: 'viewer', had: ['read'] }]);
});

test('the server’s key: private files, the same after a restart, and what it signs is verified by the published key', async () => {
  const { url, config, app } = await server();
  for (const file of ['authority-key.pkcs8', 'token-secret', 'chordme.db']) {
    expect(statSync(join(config.data_dir, file)).mode & 0o777, file).toBe(0o600);
  }
  const { keys } = (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as { keys: { x: string; kid: string }[] };
  const description = expectDone(await callApi(url, 'describeServer', {}));
  expect(keys[0]?.kid).toBe(description.key_thumbprint);
  await app.close();

  const opened = await openAuthorityKeys(config.data_dir, () => new Uint8Array(32));
  expect(opened.thumbprint).toBe(description.key_thumbprint);
  const claims: StatementClaims = {
    session_id: '01900000-0000-7000-8000-000000000000',
    generation: 1,
    epoch: 1,
    status: 'active',
    dormant: false,
    permissions: { editor: [], commenter: [], viewer: [] },
    participants: [],
    devices: [],
    iat: 0,
    exp: 1,
  };
  const { jws } = await signStatement(claims, opened.privateKey as CryptoKey);
  const published = fromHex(Buffer.from(keys[0]?.x ?? '', 'base64url').toString('hex'));
  const key = await crypto.subtle.importKey('raw', published, 'Ed25519', true, ['verify']);
  expect((await verifyStatement(jws, key, claims.session_id))?.claims).toEqual(claims);
});

test('RFC 7638: the thumbprint of RFC 8037’s example key', () => {
  const bytes = thumbprintOf('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo');
  expect(Buffer.from(bytes).toString('base64url')).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
});

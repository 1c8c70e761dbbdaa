import { expect, onTestFinished, test } from 'vitest';
import { faults } from '../../../shared/base/errors.ts';
import { makeSigner } from '../../../shared/ledger/keys.ts';
import { callApi } from '../../support/api-client.ts';
import { sung } from '../../support/attack-scene.ts';
import { ChangedClient, Pen } from '../../support/changed-client.ts';
import { converged, until } from '../../support/ledger-client.ts';
import { LedgerSession, testSongId } from '../../support/ledger-session.ts';
import { openMailbox } from '../../support/mailbox.ts';
import { linkUp } from '../../support/pipe.ts';
import { expectDone, registerDevice, startTestServer } from '../../support/server.ts';

// Without the device: links.test.ts, a proof by another key. With a device of the thief's own: this.
test('[R-MEM-3] a thief who registers a device with a stolen token is told of by mail, and writes no more once it is revoked', async () => {
  const mailbox = await openMailbox();
  onTestFinished(() => mailbox.close());
  const environment = { CHORDME_SMTP_URL: mailbox.url, CHORDME_MAIL_FROM: 'band@example.org' };
  const server = await startTestServer({ environment });
  onTestFinished(() => server.close());
  const session = await LedgerSession.open(server.url, { chordpro: sung });
  const ben = await session.join('Ben');
  const [ann, bens] = [await session.online(session.owner), await session.online(ben)];
  await converged([ann, bens]);
  expect(mailbox.letters, 'one’s first device is no news').toEqual([]);

  const stolen = await registerDevice(server.url, ben.user, 'Not\r\nmine');
  const letter = await mailbox.next(ben.user.credentials.user.email ?? '');
  expect(letter.raw).toMatch(/^Subject: A new device writes in your name/m);
  expect(letter.text).toContain('“Not mine”');
  await until(() => ann.ledger.device(stolen.device_id)?.role === 'editor', 'all know the device as Ben’s');

  const signer = makeSigner(stolen.privateKey, stolen.publicKey);
  const thief = { ...ben, signer, device: stolen.device_id };
  const online = new ChangedClient(signer, session.id);
  const { closed } = await online.online(session.place, session.id, thief);
  await online.admitted();
  expectDone(await callApi(server.url, 'revokeDevice', { device_id: stolen.device_id }, ben.user.token));
  expect((await closed).code).toBe(faults['not-a-reader'].close);
  await until(() => ann.ledger.device(stolen.device_id)?.role === null, 'all know that it is nobody’s');

  // Over the mesh it is parted with as well, and what it signed counts nowhere, whoever brings it.
  const aside = new ChangedClient(signer, session.id);
  linkUp(aside, ann);
  aside.give(await new Pen(signer, session.id).type(testSongId, 'graffiti '));
  await until(() => aside.isClosed, 'put out');
  const relay = new ChangedClient(ben.signer, session.id);
  linkUp(relay, ann);
  await relay.admitted();
  relay.give(await new Pen(signer, session.id).type(testSongId, 'graffiti '));
  await relay.workedOn();
  await converged([ann, bens]);
  expect(ann.content).toBe(sung);
});

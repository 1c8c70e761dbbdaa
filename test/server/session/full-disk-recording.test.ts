import { expect, onTestFinished, test } from 'vitest';
import { callApi } from '../../support/api-client.ts';
import { settled, until } from '../../support/ledger-client.ts';
import { LedgerSession } from '../../support/ledger-session.ts';
import { at, point } from '../../support/pointing.ts';
import { expectDone } from '../../support/server.ts';
import { startServerProcess } from '../../support/server-process.ts';
import { canMount, fillSmallDisk, withSmallDisk } from '../../support/small-disk.ts';
import { testDirectory } from '../../support/test-core.ts';

test.skipIf(!canMount)(
  'when the disk is full the recording ends and says so; people come and go, the session goes on, and what was recorded plays',
  { timeout: 60_000 },
  async () => {
    const dataDir = testDirectory();
    const environment = { CHORDME_PORT: '0', CHORDME_DATA_DIR: dataDir, CHORDME_RATE_LIMITS: 'off', CHORDME_LOG_LEVEL: 'silent' };
    const server = await startServerProcess(environment, withSmallDisk(dataDir, '8m'));
    onTestFinished(() => server.kill());
    const session = await LedgerSession.open(server.url, { template: 'jam-session' });
    const { id, owner } = session;
    const { token } = owner.user;
    const [client, other] = [await session.online(owner, 50), await session.online(await session.join('Ben'))];
    const cleo = await session.join('Cleo');
    const leaving = await session.online(cleo);
    const isCleoHere = async () =>
      expectDone(await callApi(server.url, 'listParticipants', { id }, token)).items.some(
        ({ user_id, is_present }) => user_id === cleo.user.id && is_present,
      );
    const { recording_id } = expectDone(await callApi(server.url, 'startRecording', { id }, token));
    const shown = async () => expectDone(await callApi(server.url, 'getRecording', { id, recording_id }, token));
    point(client, 50, at(1));
    await client.say('one');
    await settled(client, other);
    // A chunk is on the disk.
    await expect.poll(async () => (await shown()).bytes, { timeout: 20_000 }).toBeGreaterThan(0);

    const makeRoom = fillSmallDisk(server.pid, dataDir);
    // It gets its number when there is room; the others have it all the same. R-AUT-2.
    await client.say('two');
    await until(() => other.ledger.fold.chat.size === 2, 'the word goes on');
    point(client, 50, at(2));
    // When they were last seen is not written down, and that is all.
    await leaving.close();
    await expect.poll(isCleoHere, { timeout: 10_000 }).toBe(false);
    await session.online(cleo);
    await expect.poll(isCleoHere, { timeout: 10_000 }).toBe(true);
    const isRecording = async () => expectDone(await callApi(server.url, 'recordingStatus', { id }, token)).is_recording;
    await expect.poll(isRecording, { timeout: 20_000 }).toBe(false);
    const ended = await shown();
    expect(ended).toMatchObject({ status: 'finished', ended_because: 'failed' });

    makeRoom();
    await settled(client, other);
    const list = async () => expectDone(await callApi(server.url, 'listRecordings', { id }, token)).items;
    await expect.poll(list, { timeout: 20_000 }).toEqual([ended]);
    const { items } = expectDone(await callApi(server.url, 'recordingEvents', { id, recording_id }, token));
    expect(items.map(({ data }) => data['text'])).toContain('one');
    const types = async () =>
      expectDone(await callApi(server.url, 'listActivities', { id }, token)).items.flatMap(({ type }) =>
        type.startsWith('recording') ? type : [],
      );
    await expect.poll(types, { timeout: 20_000 }).toEqual(['recording_stopped', 'recording_started']);
  },
);

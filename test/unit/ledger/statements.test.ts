import { expect, test } from 'vitest';
import { mayNow, type StatementClaims, type StatementDevice } from '../../../shared/ledger/statement.ts';
import type { Role, SessionStatus } from '../../../shared/session/roles.ts';
import { Scene, useStories } from '../../support/fuzz/scene.ts';

useStories();

test('[R-MEM-1] who may write follows from role, status and dormancy alone', async () => {
  const scene = await Scene.open('owner');
  const { claims } = scene.world.server;
  const [listed] = claims.devices;
  if (listed === undefined) throw new Error('nobody is listed');
  const mayEdit = (role: Role | null, status: SessionStatus, change: Partial<StatementClaims & StatementDevice> = {}): boolean =>
    mayNow({ ...claims, status, dormant: change.dormant ?? false }, { ...listed, role, barred: change.barred ?? false }, 'edit');
  expect([mayEdit('editor', 'active'), mayEdit('commenter', 'active'), mayEdit(null, 'active')]).toEqual([true, false, false]);
  expect([mayEdit('owner', 'scheduled'), mayEdit('editor', 'scheduled')]).toEqual([true, true]);
  for (const status of ['paused', 'ended', 'archived', 'deleted'] as const) expect(mayEdit('owner', status)).toBe(false);
  // Put to rest by cleanup, not by a person: writing wakes it.
  expect([mayEdit('editor', 'ended', { dormant: true }), mayEdit('editor', 'paused', { dormant: true })]).toEqual([true, false]);
  expect(mayEdit('editor', 'active', { barred: true })).toBe(false);
  const mayChat = (role: Role, status: SessionStatus): boolean => mayNow({ ...claims, status }, { ...listed, role }, 'chat');
  expect([mayChat('viewer', 'active'), mayChat('viewer', 'scheduled'), mayChat('editor', 'scheduled')]).toEqual([true, false, true]);
});

test('[R-MEM-2] a newer statement goes to all links at once, from person to person too', async () => {
  const scene = await Scene.open('owner', 'editor', 'editor');
  await scene.link(0, null);
  await scene.link(0, 1);
  await scene.link(1, 2);
  const epochs = (): unknown[] => [0, 1, 2].map((at) => scene.window(at).ledger.statement?.claims.epoch);
  const { epoch } = scene.world.server.claims;
  expect(epochs()).toEqual([epoch, epoch, epoch]);
  await scene.world.server.setRole(scene.seat(2), 'viewer');
  await scene.arrive();
  expect(epochs()).toEqual([epoch + 1, epoch + 1, epoch + 1]);
  expect(scene.window(2).may('edit')).toBe(false);
});

test('[R-MEM-2] an expired statement ends no rehearsal and hides no text; it only starts no new link', async () => {
  const scene = await Scene.open('owner', 'editor');
  await scene.link(0, null);
  await scene.link(1, null);
  scene.type(0, 0, 'still here');
  await scene.pass(100);
  for (const at of [0, 1]) await scene.part(at, null);
  const monthMs = 31 * 86_400_000;
  for (const at of [0, 1]) scene.seat(at).offsetMs = monthMs;
  await scene.link(0, 1);
  await scene.pass(100);
  expect(scene.window(0).replica.views).toHaveLength(0);
  expect([scene.text(0), scene.text(1)]).toEqual(['still here', 'still here']);
  // The authority renews it: then all is as before.
  scene.world.server.offsetMs = monthMs;
  await scene.world.server.state({});
  await scene.part(0, 1);
  await scene.link(0, null);
  await scene.link(1, null);
  await scene.link(0, 1);
  expect(scene.window(0).replica.views).toHaveLength(2);
});

test('[R-MEM-3] who is removed stays listed: what has its record counts, what is pending does not, links get the statement and are closed', async () => {
  const scene = await Scene.open('owner', 'editor');
  await scene.link(0, null);
  await scene.link(1, null);
  await scene.link(0, 1);
  scene.type(1, 0, 'mine, numbered');
  await scene.pass(100);
  await scene.part(1, null);
  await scene.part(0, 1);
  scene.type(1, 0, 'mine, too late: ');
  await scene.pass(100);
  await scene.world.server.setRole(scene.seat(1), null);
  await scene.link(0, 1);
  await scene.link(1, null);
  await scene.pass(200);
  const listed = scene.world.server.claims.devices.find(({ device_id: id }) => id === scene.seat(1).device);
  expect(listed).toMatchObject({ role: null, had: expect.arrayContaining(['edit']) as unknown });
  expect(scene.window(1).ledger.statement?.claims.epoch).toBe(scene.world.server.claims.epoch);
  expect(scene.window(1).replica.views).toHaveLength(0);
  expect(scene.window(0).replica.views.map((view) => view.link.device)).toEqual([scene.window(0).ledger.authorityDevice]);
  expect(scene.text(0)).toBe('mine, numbered');
  // What they typed is still theirs: on their own disk.
  expect(scene.seat(1).kept.size).toBe(2);
});

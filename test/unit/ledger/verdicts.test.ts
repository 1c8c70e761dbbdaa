import { expect, test } from 'vitest';
import { Scene, useStories } from '../../support/fuzz/scene.ts';

useStories();

function verdictsOf({ world }: Scene): number[] {
  return world.server.judged.map(({ record }) => record.verdict);
}

test('[R-AUT-1] what waits for its number when a demotion comes is judged by the newest statement', async () => {
  const scene = await Scene.open('owner', 'editor');
  await scene.link(0, null);
  await scene.link(1, null);
  scene.type(1, 0, 'in the moment of gathering');
  await scene.arrive();
  // It is in the authority's fold, and has no number yet.
  expect(scene.world.server.room?.ledger.hasUnnumbered).toBe(true);
  expect(verdictsOf(scene)).toEqual([]);
  await scene.world.server.setRole(scene.seat(1), 'viewer');
  await scene.pass(100);
  expect(verdictsOf(scene)).toEqual([1]);
  expect([scene.text(0), scene.text(1)]).toEqual(['', '']);
});

test('[R-AUT-2] a record is sent only after the entry is on disk, and what a full disk refused is numbered when there is room', async () => {
  const scene = await Scene.open('owner', 'editor');
  await scene.link(0, null);
  await scene.link(1, null);
  scene.world.server.isDiskFull = true;
  scene.type(0, 0, 'pending');
  await scene.pass(3_000);
  expect(scene.text(1)).toBe('pending');
  expect(scene.window(0).ledger.n).toBe(0);
  scene.world.server.isDiskFull = false;
  await scene.pass(1_100);
  expect(scene.window(0).ledger.n).toBe(1);
  expect(scene.window(1).ledger.hasUnnumbered).toBe(false);
});

test('[R-AUT-2] killed before the write, no record was seen; killed after it, none is taken back', async () => {
  const scene = await Scene.open('owner', 'editor');
  for (const isAfter of [false, true]) {
    if (!scene.world.server.isAlive) await scene.world.server.open();
    await scene.link(0, null);
    await scene.link(1, null);
    await scene.pass(100);
    const before = scene.window(0).ledger.n;
    scene.type(0, 0, 'x');
    scene.world.server.diesAt = { writes: 0, isAfter };
    await scene.pass(100);
    expect(scene.world.server.isAlive).toBe(false);
    expect(scene.window(0).ledger.n).toBe(before);
    scene.world.sweep();
  }
  await scene.world.server.open();
  await scene.link(0, null);
  await scene.link(1, null);
  await scene.pass(100);
  expect(scene.window(1).ledger.n).toBe(2);
  expect(scene.text(1)).toBe('xx');
});

test('[R-DOC-1] what others wrote inside refused text keeps its place', async () => {
  const scene = await Scene.open('owner', 'editor', 'viewer');
  for (const at of [0, 1, 2]) await scene.link(at, null);
  scene.type(0, 0, '<>');
  await scene.pass(100);
  for (const at of [0, 1]) await scene.part(at, null);
  await scene.link(0, 1);
  scene.type(1, 1, 'refused words');
  await scene.pass(100);
  scene.type(0, 4, 'KEPT');
  await scene.pass(100);
  expect([scene.text(0), scene.text(1)]).toEqual(['<refKEPTused words>', '<refKEPTused words>']);
  await scene.world.server.setRole(scene.seat(1), 'viewer');
  await scene.link(0, null);
  await scene.link(1, null);
  await scene.pass(200);
  expect([0, 1, 2].map((at) => scene.text(at))).toEqual(['<KEPT>', '<KEPT>', '<KEPT>']);
  expect(verdictsOf(scene)).toEqual([0, 1, 0]);
});

test('[R-DOC-1] pending entries are whole, skeletons or nothing, by the newest statement, and change with it', async () => {
  const scene = await Scene.open('owner', 'editor');
  await scene.link(0, null);
  await scene.link(1, null);
  await scene.part(1, null);
  await scene.link(0, 1);
  // Only people: the authority hears nothing of it.
  await scene.part(0, null);
  scene.type(1, 0, 'pending');
  await scene.pass(100);
  expect(scene.text(0)).toBe('pending');
  const say = async (role: 'editor' | 'viewer'): Promise<void> => {
    await scene.world.server.setRole(scene.seat(1), role);
    const statement = scene.world.server.room?.ledger.statement;
    if (statement === null || statement === undefined) throw new Error('no statement');
    scene.window(0).replica.setStatement(statement);
    await scene.arrive();
  };
  await say('viewer');
  expect([scene.text(0), scene.text(1)]).toEqual(['', '']);
  await say('editor');
  expect([scene.text(0), scene.text(1)]).toEqual(['pending', 'pending']);
});

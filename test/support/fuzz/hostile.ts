import type { World } from './world.ts';

/** The musician with a changed program does something that no honest one can. */
export function misbehave(world: World): void {
  const evil = world.seats.find(({ isHostile }) => isHostile)?.window;
  if (evil === undefined || evil === null) return;
}

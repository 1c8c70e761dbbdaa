import { entryKinds } from '../../../shared/ledger/entry.ts';
import { encodeJson } from '../../../shared/ledger/payloads.ts';
import type { FuzzDevice } from './fuzz-device.ts';
import type { World } from './world.ts';

const talkEveryMs = 60;
const remarksPerWindow = 8;

async function sayOrTakeBack(device: FuzzDevice, world: World): Promise<void> {
  if (!device.isAlive || !device.may('chat')) return;
  const own = [...device.ledger.fold.chat].flatMap(([hash, { entry, words }]) =>
    words.type === 'message' && entry.device === device.seat.device ? hash : [],
  );
  const chosen =
    own.length > 0 && world.rng.chance(0.5)
      ? { type: 'delete', message: world.rng.pick(own) }
      : { type: 'message', text: 'between us', reply_to: null };
  await device.author.write(entryKinds.chat, encodeJson(chosen));
}

/** Whoever opens a window says some things there and takes some of them back: stories in which much is deleted. */
export function talkMuch(world: World): void {
  world.onWindow = (device) => {
    let left = remarksPerWindow;
    const stop = world.time.timers(device).every(talkEveryMs, () => {
      left -= 1;
      if (left <= 0) stop();
      sayOrTakeBack(device, world).catch((error: unknown) => world.fail(error));
    });
  };
}

import * as Y from 'yjs';
import { makeUuid } from '../../../shared/base/ids.ts';
import { entryKinds } from '../../../shared/ledger/entry.ts';
import { chatSchema, commentSchema, encodeJson, markerSchema, songSetSchema } from '../../../shared/ledger/payloads.ts';
import { addSongSets, moveItemSets, readSetlist, removeItemSets, type SetPair } from '../../../shared/ledger/setlist.ts';
import { rootOfSong } from '../../../shared/ledger/update.ts';
import type { FuzzDevice } from './fuzz-device.ts';
import type { Rng } from './rng.ts';
import type { World } from './world.ts';

export const songIds = ['0198f000-0000-7000-8000-0000000000aa', '0198f000-0000-7000-8000-0000000000bb'];
const scraps = ['x', 'yy', 'zzz', '[Am7]', '\n', 'é♯', '🎵', 'Silent night, ', '{c: chorus}'];

function songOf(device: FuzzDevice, rng: Rng): Y.Text {
  return device.ledger.fold.doc.getText(rootOfSong(rng.pick(songIds)));
}

/** What the editor lets through: never inside a surrogate pair. */
function placeIn(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}

/** One act of typing, as the editor does it: one local transaction. */
export function edit(device: FuzzDevice, rng: Rng): void {
  if (!device.may('edit')) return;
  const { doc } = device.ledger.fold;
  const text = songOf(device, rng);
  watchUndo(device);
  doc.transact(() => {
    const was = text.toJSON();
    // Now and then beside what a hostile one wrote, where there is one: what stands on words that never count must not hold anybody up.
    const beside = rng.chance(0.15) ? was.indexOf('E') + 1 : 0;
    const from = placeIn(was, beside > 0 ? beside : rng.int(was.length + 1));
    const kind = was.length === 0 ? 'insert' : rng.weighted([[6, 'insert'], [3, 'delete'], [2, 'replace']]); // prettier-ignore
    if (kind !== 'insert') {
      const to = placeIn(was, Math.min(was.length, from + 1 + rng.int(6)));
      if (to > from) text.delete(from, to - from);
    }
    if (kind !== 'delete') text.insert(from, rng.pick(scraps));
  }, device.author);
}

/** One letter at the beginning, where nothing of others is in the way. False for who may not write. */
export function probe(device: FuzzDevice): boolean {
  if (!device.may('edit')) return false;
  device.ledger.fold.doc.getText(rootOfSong(songIds[1] ?? '')).insert(0, 'P');
  return true;
}

/** A song in one go, above what one entry may hold. */
export function paste(device: FuzzDevice, rng: Rng): void {
  if (!device.may('edit')) return;
  const text = songOf(device, rng);
  watchUndo(device);
  const verse = `${rng.pick(scraps)}[G]Stille Nacht 🎶 heilige Nacht\n`;
  device.ledger.fold.doc.transact(() => text.insert(placeIn(text.toJSON(), rng.int(text.length + 1)), verse.repeat(2_200)), device.author);
}

function watchUndo(device: FuzzDevice): void {
  const { doc } = device.ledger.fold;
  device.undo ??= new Y.UndoManager(songIds.map((id) => doc.getText(rootOfSong(id))), { trackedOrigins: new Set([device.author]), captureTimeout: 0 }); // prettier-ignore
}

export function undo(device: FuzzDevice, rng: Rng): void {
  if (!device.may('edit')) return;
  if (rng.chance(0.7)) device.undo?.undo();
  else device.undo?.redo();
}

/** Adds, moves or removes a song of the setlist. */
export async function arrange(device: FuzzDevice, world: World): Promise<void> {
  if (!device.may('edit')) return;
  const { rng, time } = world;
  const setlist = readSetlist(device.ledger.fold.sets);
  const item = setlist.length === 0 ? null : rng.pick(setlist);
  let sets: SetPair[];
  if (item === null || rng.chance(0.4))
    sets = addSongSets(
      setlist,
      rng.pick(songIds),
      makeUuid(time.now, (length) => rng.bytes(length)),
    );
  else if (rng.chance(0.6)) sets = moveItemSets(setlist, item.item_id, rng.chance(0.3) ? null : rng.pick(setlist).item_id);
  else if (rng.chance(0.5)) sets = [[`item/${item.item_id}/capo`, rng.int(12)]];
  else sets = removeItemSets(item.item_id);
  const payload = encodeJson(songSetSchema.parse({ sets, lamport: device.ledger.fold.nextLamport }));
  await device.author.write(entryKinds.songSet, payload);
}

/** Says, answers, reacts or takes back. */
export async function chat(device: FuzzDevice, rng: Rng): Promise<void> {
  if (!device.may('chat')) return;
  const said = [...device.ledger.fold.chat].flatMap(([hash, { words }]) => (words.type === 'message' ? hash : []));
  const about = said.length === 0 ? null : rng.pick(said);
  const isOwn = about !== null && device.ledger.fold.chat.get(about)?.entry.device === device.seat.device;
  const choices = [[5, 'message'], [about === null ? 0 : 3, 'reaction'], [isOwn || (about !== null && device.may('moderate')) ? 2 : 0, 'delete']] as const; // prettier-ignore
  const kind = rng.weighted(choices);
  const chosen =
    kind === 'message'
      ? { type: kind, text: rng.pick(scraps), reply_to: rng.chance(0.4) ? about : null }
      : kind === 'reaction'
        ? { type: kind, message: about, emoji: '👍', is_on: rng.chance(0.7) }
        : { type: kind, message: about };
  await device.author.write(entryKinds.chat, encodeJson(chatSchema.parse(chosen)));
}

/** Comments on words, answers, and does to a comment what its author may. */
export async function comment(device: FuzzDevice, rng: Rng): Promise<void> {
  if (!device.may('comment')) return;
  const { fold } = device.ledger;
  const threads = [...fold.comments].flatMap(([hash, { words }]) => (words.type === 'add' ? hash : []));
  const about = threads.length === 0 || rng.chance(0.4) ? null : rng.pick(threads);
  const isOwn = about !== null && fold.comments.get(about)?.entry.device === device.seat.device;
  const songId = rng.pick(songIds);
  const tname = rootOfSong(songId);
  const words = { song_id: songId, start: { tname, assoc: -1 }, end: { tname, assoc: 0 }, quote: rng.pick(scraps) };
  let said: object = { type: 'add', text: 'slower here', anchor: words, reply_to: null };
  if (about !== null && (isOwn || device.may('moderate')))
    said = rng.pick([
      { type: 'edit', comment: about, text: 'much slower' },
      { type: 'delete', comment: about },
      { type: 'resolve', comment: about },
      { type: 'reopen', comment: about },
    ]);
  else if (about !== null) said = { type: 'add', text: 'yes', anchor: null, reply_to: about };
  await device.author.write(entryKinds.comment, encodeJson(commentSchema.parse(said)));
}

export async function mark(device: FuzzDevice, rng: Rng): Promise<void> {
  if (!device.may('record')) return;
  const marker = {
    type: rng.pick(['take', 'section', 'note']),
    name: rng.pick(scraps),
    song_id: rng.chance(0.5) ? rng.pick(songIds) : null,
  };
  await device.author.write(entryKinds.marker, encodeJson(markerSchema.parse(marker)));
}

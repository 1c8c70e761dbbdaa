import * as Y from 'yjs';
import { limits } from '../base/limits.ts';
import type { ItemId, TextStruct, TextUpdate } from './update.ts';
import { encodeUpdate } from './update.ts';

/** `missing`: something it builds on is not here yet. `bad`: it can never be applied. */
export type Fitness = 'ok' | 'missing' | 'bad';

/** `torn`: it can never be applied, and part of it was. */
export type Outcome = Fitness | 'torn';

/** How many clocks of an author the document holds. */
export function clocksOf(doc: Y.Doc, client: number): number {
  return Y.getState(doc.store, client);
}

/**
 * Whether the document has everything that the update builds on: its own clock next, all origins, all deleted ranges
 * (R-DOC-2). Yjs would keep what is early as "pending", where others' text can wait for ever.
 * @returns `ok`, `bad`, or a place that is not here yet
 */
export function lackOf(doc: Y.Doc, update: TextUpdate): 'ok' | 'bad' | ItemId {
  const { client } = update;
  const first = update.structs[0];
  let end = clocksOf(doc, client);
  if (first !== undefined && first.clock !== end) return first.clock > end ? { client, clock: first.clock - 1 } : 'bad';
  for (const struct of update.structs) {
    for (const id of [struct.origin, struct.rightOrigin]) {
      if (id === null) continue;
      if (id.client === client) {
        if (id.clock >= end) return 'bad';
      } else if (id.clock >= clocksOf(doc, id.client)) return id;
    }
    end = struct.clock + struct.length;
  }
  for (const range of update.deleted) {
    const known = range.client === client ? end : clocksOf(doc, range.client);
    if (range.clock + range.length > known) return { client: range.client, clock: range.clock + range.length - 1 };
  }
  return 'ok';
}

export function fitnessOf(doc: Y.Doc, update: TextUpdate): Fitness {
  const lack = lackOf(doc, update);
  return typeof lack === 'string' ? lack : 'missing';
}

function itemAt(doc: Y.Doc, id: ItemId): Y.Item | null {
  const found = Y.getItem(doc.store, Y.createID(id.client, id.clock));
  return found instanceof Y.Item ? found : null;
}

/** Items between two places of one text, or null when they are not in one text and that order, or are too far apart. */
function walk(doc: Y.Doc, struct: TextStruct, budget: number): number | null {
  const left = struct.origin === null ? null : itemAt(doc, struct.origin);
  const right = struct.rightOrigin === null ? null : itemAt(doc, struct.rightOrigin);
  if ((struct.origin !== null && left === null) || (struct.rightOrigin !== null && right === null)) return null;
  if (left !== null && left === right) return (struct.origin?.clock ?? 0) < (struct.rightOrigin?.clock ?? 0) ? 0 : null;
  if (left !== null && right !== null && left.parent !== right.parent) return null;
  const parent = (left ?? right)?.parent ?? (struct.root === null ? null : doc.share.get(struct.root));
  // A text that nobody has written in yet.
  if (parent === null || parent === undefined) return 0;
  if (!(parent instanceof Y.AbstractType)) return null;
  let steps = 0;
  for (let item = left === null ? parent._start : left.right; item !== right; item = item.right) {
    if (item === null || ++steps > budget) return null;
  }
  return steps;
}

/** The place right after the struct's left neighbour as the document is now; null: the end. */
function placeAfter(doc: Y.Doc, { origin, rightOrigin, root }: TextStruct): ItemId | null {
  if (origin === null) {
    const right = rightOrigin === null ? null : itemAt(doc, rightOrigin);
    const parent = right?.parent ?? (root === null ? null : doc.share.get(root));
    return parent instanceof Y.AbstractType ? (parent._start?.id ?? null) : null;
  }
  const left = itemAt(doc, origin);
  if (left === null || origin.clock + 1 === left.id.clock + left.length) return left?.right?.id ?? null;
  return { client: origin.client, clock: origin.clock + 1 };
}

/**
 * Whether something stands between the neighbours that an update whose fitness is ok names: Yjs decides then who goes first. What
 * its own editor makes goes everywhere to the same place, in any order; what a changed program makes may not.
 */
export function isCrowded(doc: Y.Doc, { client, structs }: TextUpdate): boolean {
  const end = clocksOf(doc, client);
  return structs.some((struct) => {
    const { origin, rightOrigin } = struct;
    // Beside what the same update writes.
    if ([origin, rightOrigin].some((id) => id !== null && id.client === client && id.clock >= end)) return false;
    const place = placeAfter(doc, struct);
    return place?.client !== rightOrigin?.client || place?.clock !== rightOrigin?.clock;
  });
}

function applyStruct(doc: Y.Doc, client: number, struct: TextStruct, origin: unknown): void {
  Y.applyUpdate(doc, encodeUpdate({ client, structs: [struct], deleted: [] }), origin);
}

/**
 * Applies an update whose fitness is ok.
 * @param isJudged it has a record: it is applied without being looked at again (R-ENT-2, last sentence)
 * @returns `bad` or `torn` when a struct does not fit where it says it stands
 */
export function applyTextUpdate(doc: Y.Doc, update: TextUpdate, isJudged: boolean, origin: unknown): 'ok' | 'bad' | 'torn' {
  if (isJudged) {
    Y.applyUpdate(doc, encodeUpdate(update), origin);
    return 'ok';
  }
  let budget = limits.updateItemsWalked;
  const only = update.structs.length === 1 ? update.structs[0] : undefined;
  if (only !== undefined) {
    if (walk(doc, only, budget) === null) return 'bad';
    Y.applyUpdate(doc, encodeUpdate(update), origin);
    return 'ok';
  }
  // One by one: a later struct may stand beside an earlier one of the same update.
  let fits = true;
  Y.transact(
    doc,
    () => {
      for (const struct of update.structs) {
        const steps = walk(doc, struct, budget);
        if (steps === null) {
          fits = false;
          return;
        }
        budget -= steps;
        applyStruct(doc, update.client, struct, origin);
      }
      if (update.deleted.length > 0)
        Y.applyUpdate(doc, encodeUpdate({ client: update.client, structs: [], deleted: update.deleted }), origin);
    },
    origin,
    false,
  );
  return fits ? 'ok' : 'torn';
}

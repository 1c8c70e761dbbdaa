import type { LiveSnapshot } from '../../session/live-session.ts';

/** What the page shows of a live session. How many own entries wait changes with every key, and is no part of it. */
export type SessionView = Omit<LiveSnapshot, 'pendingCount'>;

/** Equal in all that they say, however deep. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [a, b] = [Object.entries(one), new Map(Object.entries(other))];
  return a.length === b.size && a.every(([key, value]) => b.has(key) && isSame(value, b.get(key)));
}

/** `next`, with every item of `before` that says the same in its place; `before` itself when they all do. */
function sharedList<T>(before: readonly T[], next: readonly T[], idOf: (item: T) => string): readonly T[] {
  const known = new Map(before.map((item) => [idOf(item), item]));
  const shared = next.map((item) => {
    const old = known.get(idOf(item));
    return old !== undefined && isSame(old, item) ? old : item;
  });
  return shared.length === before.length && shared.every((item, at) => item === before[at]) ? before : shared;
}

/**
 * The new picture with as much of the former one as still holds, so that only what changed is rendered again; the former
 * one itself when nothing did. A picture is made anew some thirty times a second while somebody types.
 */
export function shareView(before: SessionView | null, snapshot: LiveSnapshot): SessionView {
  const { pendingCount: _, ...next } = snapshot;
  if (before === null) return next;
  const view: SessionView = {
    ...next,
    connection: isSame(before.connection, next.connection) ? before.connection : next.connection,
    permissions: sharedList(before.permissions, next.permissions, (permission) => permission),
    people: sharedList(before.people, next.people, (person) => person.user_id),
    setlist: sharedList(before.setlist, next.setlist, (item) => item.item_id),
    chat: sharedList(before.chat, next.chat, (line) => line.id),
    comments: sharedList(before.comments, next.comments, (thread) => thread.id),
    marks: sharedList(before.marks, next.marks, (line) => line.id),
    troubles: isSame(before.troubles, next.troubles) ? before.troubles : next.troubles,
  };
  const [old, fresh] = [Object.entries(before), new Map(Object.entries(view))];
  return old.every(([key, value]) => Object.is(value, fresh.get(key))) ? before : view;
}

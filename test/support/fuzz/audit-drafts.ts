import { decodeUpdate } from 'yjs';
import { entryKinds, type Entry } from '../../../shared/ledger/entry.ts';
import { verdicts } from '../../../shared/ledger/record.ts';
import { takenBackBy, wordsIn } from '../../../shared/ledger/unsaid-words.ts';
import { seenCharacters, type Findings } from './audit.ts';
import type { World } from './world.ts';

/** A place of one character in a document. */
function placesOf(ranges: Iterable<{ client: number; clock: number; length: number }>): string[] {
  return [...ranges].flatMap(({ client, clock, length }) => Array.from({ length }, (_, at) => `${client},${clock + at}`));
}

function writtenBy(payload: Uint8Array): string[] {
  return placesOf(decodeUpdate(payload).structs.map(({ id: { client, clock }, length }) => ({ client, clock, length })));
}

function deletedBy(payload: Uint8Array): string[] {
  const { clients } = decodeUpdate(payload).ds;
  return placesOf([...clients].flatMap(([client, ranges]) => ranges.map(({ clock, len }) => ({ client, clock, length: len }))));
}

/** R-LOC-3: every message and comment that its author's disk keeps, and that neither counts nor was taken back, is kept for that person. */
export function auditUnsaid(world: World): Findings {
  const counted = new Set(world.server.judged.flatMap(({ record }) => (record.verdict === verdicts.ok ? record.hash : [])));
  const judged = world.server.judged.flatMap(({ entry }) => entry ?? []);
  return world.windows.flatMap(({ seat, drafts, ledger }) => {
    if (seat.isHostile) return [];
    const own = [...seat.kept.values()];
    // What a window said and sent just before it died is on no disk of its own, and comes back from others.
    const sent = [...ledger.streams()].flatMap((stream) => stream.after(0));
    const takenBack = new Set([...own, ...sent, ...judged].map(takenBackBy));
    const unsaid = new Set(drafts.unsaid.list().map(({ hash }) => hash));
    return own
      .filter((entry) => wordsIn(entry) !== null && !counted.has(entry.hash) && !takenBack.has(entry.hash) && !unsaid.has(entry.hash))
      .map(({ seq, stream }) => `UNSAID ${seat.name} ${stream.slice(-4)} ${seq} is nowhere`);
  });
}

/**
 * R-LOC-3: every change of a song that its author's disk keeps and that does not count is in one of that person's drafts. Two
 * have nothing to keep: what takes out words that are in nobody's chart, and words that somebody took out again before their record.
 */
export function auditDrafts(world: World): Findings {
  const judged = new Map(world.server.judged.map(({ record }) => [record.hash, record.verdict]));
  const { room } = world.server;
  const seen = room === null ? new Map<string, string>() : seenCharacters(room.ledger.fold);
  const isRefused = ({ hash }: Entry): boolean => {
    const verdict = judged.get(hash);
    return verdict === undefined || verdict === verdicts.void;
  };
  const all = world.seats.flatMap(({ kept }) => [...kept.values()]).filter(({ kind }) => kind === entryKinds.songUpdate);
  const takenOut = new Set(all.flatMap(({ payload }) => deletedBy(payload)));
  const hasNothing = ({ payload }: Entry): boolean =>
    writtenBy(payload).every((place) => takenOut.has(place)) && !deletedBy(payload).some((place) => seen.has(place));
  return world.windows.flatMap(({ seat, drafts }) => {
    if (seat.isHostile) return [];
    const marks = new Set(drafts.list().flatMap((draft) => draft.marks));
    const texts = [...seat.kept.values()].filter(({ kind }) => kind === entryKinds.songUpdate);
    return texts
      .filter((entry) => isRefused(entry) && !hasNothing(entry) && !marks.has(entry.hash))
      .map(({ seq, stream }) => `NODRAFT ${seat.name} ${stream.slice(-4)} ${seq} was refused and is in no draft`);
  });
}

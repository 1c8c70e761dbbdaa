import type { SongVersion } from '../../../shared/ledger/song-history.ts';
import type { PresentPerson } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';

export type People = readonly Pick<PresentPerson, 'user_id' | 'name' | 'color'>[];

export function nameOf(userId: string | null, people: People): string {
  const name = people.find(({ user_id }) => user_id === userId)?.name ?? '';
  return name === '' ? en.songHistory.somebody : name;
}

export function colorOf(userId: string | null, people: People): string | undefined {
  return people.find(({ user_id }) => user_id === userId)?.color;
}

/** The moment, exact to the minute. */
export function momentOf(ms: number): string {
  return new Date(ms).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
}

export function versionName(version: SongVersion, people: People | null): string {
  if (people === null) return momentOf(version.toMs);
  return en.songHistory.version(nameOf(version.user_id, people), momentOf(version.toMs));
}

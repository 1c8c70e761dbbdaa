import { permissionsOf } from '../../shared/session/roles.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { LinkView } from '../../shared/ledger/link-view.ts';
import { readSetlist } from '../../shared/ledger/setlist.ts';
import { rootOfSong } from '../../shared/ledger/update.ts';
import type { ConnectionState, LiveSnapshot, PresentPerson, SetlistItem, Trouble } from './live-session.ts';
import type { DraftSummary } from './draft-desk.ts';
import type { UnsaidSummary } from './unsaid-desk.ts';
import type { Words } from './live-words.ts';
import type { PresenceState } from './presence.ts';
import type { SongTitles } from './song-titles.ts';

export interface SnapshotSource {
  ledger: Ledger;
  views: readonly LinkView[];
  authorityView: LinkView | null;
  presence: ReadonlyMap<number, PresenceState>;
  ownClient: number;
  ownUserId: string;
  ownDevice: string;
  isClosed: boolean;
  isStoring: boolean;
  drafts: DraftSummary;
  unsaid: UnsaidSummary;
  words: Words;
  titles: SongTitles;
  troubles: readonly Trouble[];
}

function userOfLink(ledger: Ledger, view: LinkView): string | null {
  return ledger.device(view.link.device)?.user_id ?? null;
}

/** R-LNK-6: live is only who is linked, and not behind. */
export function readConnection({
  ledger,
  views,
  authorityView,
  presence,
  ownClient,
  ownUserId,
  ownDevice,
}: SnapshotSource): ConnectionState {
  // A reconnected server may have two links for a moment.
  const peers = views.filter((view) => view.link.device !== ledger.authorityDevice);
  const ahead = Math.max(0, ...views.map((view) => view.n ?? 0));
  if (ahead > ledger.n + 1) return { kind: 'catching-up', percent: Math.floor((100 * ledger.n) / ahead) };
  const throughServer =
    authorityView === null ? [] : [...presence].filter(([client]) => client !== ownClient).map(([, state]) => state.user_id ?? '');
  const linked = peers.filter((view) => view.n !== null && !view.isBehind).flatMap((view) => userOfLink(ledger, view) ?? []);
  const others = new Set([...linked, ...throughServer].filter((user) => user !== '' && user !== ownUserId)).size;
  if (linked.some((user) => user !== ownUserId)) return { kind: 'live', others, isServerReachable: authorityView !== null };
  if (authorityView !== null) return others > 0 ? { kind: 'through-server' } : { kind: 'alone' };
  return { kind: 'offline', unsent: ledger.awaitedOf(ownDevice).length };
}

function readPeople({ ledger, views, presence, ownClient, ownUserId }: SnapshotSource): PresentPerson[] {
  const states = [...presence];
  const present = new Set([
    ownUserId,
    ...views.map((view) => userOfLink(ledger, view)),
    ...states.map(([, state]) => state.user_id ?? null),
  ]);
  return (ledger.statement?.claims.participants ?? [])
    .filter((participant) => participant.status === 'joined')
    .map((participant) => {
      const own = states
        .filter(([client, state]) => state.user_id === participant.user_id && client !== ownClient)
        .map(([, state]) => state);
      const isSelf = participant.user_id === ownUserId;
      return {
        user_id: participant.user_id,
        name: participant.name,
        color: participant.color,
        role: participant.role,
        is_self: isSelf,
        is_present: present.has(participant.user_id),
        is_typing: own.some((state) => state.is_typing === true),
        song_id: own.find((state) => typeof state.song_id === 'string')?.song_id ?? null,
      };
    });
}

function readSetlistItems({ ledger, titles }: SnapshotSource): SetlistItem[] {
  return readSetlist(ledger.fold.sets).map((item) => ({
    ...item,
    title: titles.titleOf(item.song_id, ledger.fold.doc.getText(rootOfSong(item.song_id))),
  }));
}

/** One immutable picture of everything that people see of a session. */
export function readSnapshot(source: SnapshotSource): LiveSnapshot {
  const { ledger, ownDevice, ownUserId } = source;
  const claims = ledger.statement?.claims;
  const role = claims?.participants.find((participant) => participant.user_id === ownUserId)?.role ?? null;
  return {
    phase: phaseOf(source),
    connection: readConnection(source),
    status: claims?.status ?? 'active',
    role,
    permissions: claims === undefined ? [] : permissionsOf(role, claims.permissions),
    deviceState: deviceStateOf(ledger, ownDevice),
    isDormant: claims?.dormant ?? false,
    people: readPeople(source),
    setlist: readSetlistItems(source),
    chat: source.words.chat,
    comments: source.words.comments,
    marks: source.words.marks,
    troubles: source.troubles,
    pendingCount: ledger.awaitedOf(ownDevice).length,
    draftCount: source.drafts.count,
    draftWhy: source.drafts.why,
    unsaidCount: source.unsaid.count,
    unsaidWhy: source.unsaid.why,
    isStoring: source.isStoring,
    documentVersion: ledger.version,
  };
}

function deviceStateOf(ledger: Ledger, ownDevice: string): LiveSnapshot['deviceState'] {
  const device = ledger.device(ownDevice);
  if (device === undefined) return 'unknown';
  return device.role === null || device.barred ? 'revoked' : 'listed';
}

function phaseOf({ isClosed, ledger }: SnapshotSource): LiveSnapshot['phase'] {
  if (isClosed) return 'closed';
  return ledger.statement === null ? 'opening' : 'ready';
}

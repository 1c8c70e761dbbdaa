import type { Participant } from '../../shared/session/schemas.ts';
import type { Recording, RecordingEnd } from '../../shared/session/recording-schemas.ts';
import type { Role, SessionStatus } from '../../shared/session/roles.ts';
import type { AccessMode } from '../../shared/session/templates.ts';
import type { ActivityType } from '../../shared/session/history-schemas.ts';
import type { InvitationStatus } from '../../shared/session/invitation-schemas.ts';

/** SQLite has no booleans. */
type Flag = 0 | 1;

export interface UserRow {
  id: string;
  email: string | null;
  name: string;
  color: string;
  /** PHC text of argon2id. */
  password_hash: string;
  is_admin: Flag;
  created_at: string;
  /** When it signed in or renewed its sign-in last. */
  last_seen_at: string | null;
  disabled_at: string | null;
  /** The account is over; the row stays as the pseudonym under which its entries stand. */
  deleted_at: string | null;
  /** Its words were taken back in all ledgers; null while that is still to be done. */
  erased_at: string | null;
}

interface RefreshTokenRow {
  /** SHA-256 of the token, hex: the file alone lets nobody in. */
  token_hash: string;
  user_id: string;
  family_id: string;
  issued_at: string;
  expires_at: string;
  used_at: string | null;
  /** SHA-256 of what the asker kept before it asked for the next one, hex. */
  attempt_hash: string | null;
}

export interface OneTimeTokenRow {
  token_hash: string;
  user_id: string;
  purpose: 'password-reset' | 'deletion';
  expires_at: string;
}

interface ServerSettingsRow {
  id: 1;
  /** JSON of serverSettingsSchema, as much of it as an administrator has set. */
  settings: string;
}

export interface DeviceRow {
  device_id: string;
  public_key: string;
  user_id: string;
  name: string;
  created_at: string;
  last_seen_at: string | null;
  revoked_at: string | null;
}

export interface SessionRow {
  id: string;
  name: string;
  description: string;
  status: SessionStatus;
  /** Ended or archived by cleanup, not by a person: R-MEM-1. */
  is_dormant: Flag;
  access_mode: AccessMode;
  category: string;
  template_id: string;
  default_role: Exclude<Role, 'owner'>;
  max_participants: number;
  auto_recording: Flag;
  /** Who came later sees recordings that were made before. */
  has_open_recordings: Flag;
  is_activity_private: Flag;
  /** JSON of permissionTableSchema. */
  permission_table: string;
  /** JSON of roleLabelsSchema. */
  role_labels: string;
  song_id: string | null;
  song_title: string;
  song_artist: string;
  created_at: string;
  starts_at: string | null;
  started_at: string | null;
  ended_at: string | null;
  last_activity_at: string;
  auto_cleanup_after: number;
  archive_after: number;
  epoch: number;
  generation: number;
  /** The most people that were here at once. */
  peak_peers: number;
}

export interface ParticipantRow {
  session_id: string;
  user_id: string;
  /** The role they have, or had when they went. */
  role: Role;
  status: Participant['status'];
  color: string;
  joined_at: string;
  last_seen_at: string | null;
}

export interface SessionDeviceRow {
  session_id: string;
  device_id: string;
  public_key: string;
  user_id: string;
  /** JSON array of every permission the device ever had here; only grows. */
  had: string;
  /** Its void entries used up their budget: R-AUT-2. */
  barred: Flag;
  /** It contradicted itself: R-ENT-3. */
  suspended: Flag;
}

export interface JoinLinkRow {
  id: string;
  session_id: string;
  code: string;
  role: Exclude<Role, 'owner'>;
  created_by: string;
  created_at: string;
  expires_at: string;
  max_uses: number | null;
  uses: number;
  revoked_at: string | null;
  admits_guests: Flag;
}

export interface InvitationRow {
  id: string;
  session_id: string;
  email: string;
  role: Exclude<Role, 'owner'>;
  message: string;
  code: string;
  /** One that ran out is still `pending` here. */
  status: Exclude<InvitationStatus, 'expired'>;
  invited_by: string;
  created_at: string;
  expires_at: string;
  answered_at: string | null;
}

export interface TemplateRow {
  id: string;
  owner_id: string;
  /** JSON of templateValuesSchema. */
  template_values: string;
  is_shared: Flag;
  created_at: string;
}

interface TemplateUsesRow {
  template_id: string;
  uses: number;
}

export interface ActivityRow {
  id: string;
  session_id: string;
  type: ActivityType;
  actor_id: string | null;
  subject_id: string | null;
  /** JSON of activityDetailsSchema. */
  details: string;
  is_private: Flag;
  created_at: string;
  address: string | null;
  user_agent: string | null;
}

export interface SessionCountsRow {
  session_id: string;
  user_id: string;
  /** Date in UTC. */
  day: string;
  entries: number;
  edits: number;
  comments: number;
  messages: number;
  bytes: number;
  seconds_present: number;
}

interface SectionEditsRow {
  session_id: string;
  song_id: string;
  section: string;
  edits: number;
}

interface SessionSongRow {
  song_id: string;
  session_id: string;
}

interface LedgerArchiveRow {
  session_id: string;
  part: number;
  bytes: Uint8Array;
}

export interface RecordingRow {
  id: string;
  session_id: string;
  status: Recording['status'];
  /** Null: by itself. */
  started_by: string | null;
  started_at: string;
  ended_at: string | null;
  ended_because: RecordingEnd | null;
  /** Of the ledger: its stretch is what comes after `from_n` up to `to_n`. */
  generation: number;
  from_n: number;
  to_n: number;
  /** These three, and `to_n`, as of its last chunk. */
  duration_ms: number;
  event_count: number;
  bytes: number;
}

export interface RecordingChunkRow {
  recording_id: string;
  seq: number;
  from_ms: number;
  to_ms: number;
  from_n: number;
  to_n: number;
  is_keyframe: Flag;
  bytes: Uint8Array;
}

export interface RecordingStartRow {
  recording_id: string;
  n: number;
  head: Uint8Array;
  /** Compressed. */
  body: Uint8Array;
}

interface RecordingLeftOutRow {
  session_id: string;
  user_id: string;
}

interface IdempotencyRow {
  user_id: string;
  key: string;
  /** SHA-256 of operation and input, hex. */
  request_hash: string;
  /** JSON of the answer; null while the first request is under way. */
  body: string | null;
  created_at: string;
}

/** Every table that goes through Kysely; the ledger's own tables are its store's. */
export interface Schema {
  users: UserRow;
  refresh_tokens: RefreshTokenRow;
  one_time_tokens: OneTimeTokenRow;
  server_settings: ServerSettingsRow;
  devices: DeviceRow;
  sessions: SessionRow;
  participants: ParticipantRow;
  session_devices: SessionDeviceRow;
  join_links: JoinLinkRow;
  idempotency_keys: IdempotencyRow;
  invitations: InvitationRow;
  templates: TemplateRow;
  template_uses: TemplateUsesRow;
  activities: ActivityRow;
  session_counts: SessionCountsRow;
  section_edits: SectionEditsRow;
  session_songs: SessionSongRow;
  ledger_archives: LedgerArchiveRow;
  recordings: RecordingRow;
  recording_chunks: RecordingChunkRow;
  recording_starts: RecordingStartRow;
  recording_left_out: RecordingLeftOutRow;
}

import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { roleSchema, type Role } from '../session/roles.ts';
import { cursorSchema } from '../session/presence-state.ts';
import type { RecordingEvent } from '../session/recording-schemas.ts';

/** What a recording tells that is not in the ledger: who came and went, and where they looked and pointed. */
export type TrackEvent = { ms: number; user_id: string } & (
  | { type: 'user_joined' | 'user_left' }
  | { type: 'song_shown'; song_id: string | null }
  | { type: 'permission_changed'; to: Role }
  | { type: 'cursor_moved'; cursor: z.infer<typeof cursorSchema> | null; scroll: number | null; is_typing: boolean }
);

const shownSchema = z.strictObject({ song_id: uuidSchema.nullable() });
const movedSchema = z.strictObject({
  cursor: cursorSchema.nullable(),
  scroll: z.number().min(0).max(1).nullable(),
  is_typing: z.boolean(),
});

/** What else the session's activity has of it is left out. */
const becameSchema = z.object({ to: roleSchema });

/** The event where it belongs to the track; null: the ledger tells it, or it is malformed. */
export function readTrackEvent({ type, user_id, relative_ms: ms, data }: RecordingEvent): TrackEvent | null {
  switch (type) {
    case 'user_joined':
    case 'user_left':
      return { ms, user_id, type };
    case 'song_shown': {
      const shown = shownSchema.safeParse(data);
      return shown.success ? { ms, user_id, type, ...shown.data } : null;
    }
    case 'cursor_moved': {
      const moved = movedSchema.safeParse(data);
      return moved.success ? { ms, user_id, type, ...moved.data } : null;
    }
    case 'permission_changed': {
      const became = becameSchema.safeParse(data);
      return became.success ? { ms, user_id, type, to: became.data.to } : null;
    }
    case 'content_edited':
    case 'comment_added':
    case 'message_sent':
    case 'marker_added':
      return null;
  }
}

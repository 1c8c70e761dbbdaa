import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { updateFeedSchema } from '../../../shared/ipc/contract.ts';

const port = z.coerce.number().int().min(1).max(65_535);

/** What is kept between starts; a value that no longer fits its schema counts as absent. */
const settingSchemas = {
  /** URL of the chosen authority; absent: the embedded one. */
  server_url: z.url({ protocol: /^https?$/ }).max(500),
  /** Where the band meets while its server is out of reach. */
  relay_url: z.url({ protocol: /^https?$/ }).max(500),
  /** Where others reach this app's own authority; absent: nowhere. */
  hosting_address: z.union([z.ipv4(), z.ipv6()]),
  /** Present: on. */
  spell_check: z.literal('yes'),
  keeps_in_tray: z.literal('yes'),
  /** Where new versions of this program are looked for; absent: nowhere. */
  update_feed: updateFeedSchema,
  /** Songs opened last, newest first, separated by commas. */
  recent_songs: z.string().regex(/^[0-9a-f-]{36}(?:,[0-9a-f-]{36})*$/),
  /** Size and place of the window, as the desktop shell writes them. */
  window_place: z.string().max(200),
  /** Ports stay per data directory: the origin, and with it the device key in the browser, hangs on them. */
  embedded_port: port,
  web_port: port,
} as const;

export type SettingName = keyof typeof settingSchemas;
export type SettingOf<N extends SettingName> = z.output<(typeof settingSchemas)[N]>;

export interface Settings {
  get<N extends SettingName>(name: N): SettingOf<N> | null;
  set<N extends SettingName>(name: N, value: SettingOf<N> | null): void;
}

export function createSettings(db: Database): Settings {
  const select = db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE name = ?');
  const upsert = db.prepare('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value');
  const drop = db.prepare('DELETE FROM settings WHERE name = ?');
  return {
    get: <N extends SettingName>(name: N) => {
      const row = select.get(name);
      if (row === undefined) return null;
      const parsed = settingSchemas[name].safeParse(row.value);
      return parsed.success ? (parsed.data as SettingOf<N>) : null;
    },
    set: (name, value) => {
      if (value === null) drop.run(name);
      else upsert.run(name, String(value));
    },
  };
}

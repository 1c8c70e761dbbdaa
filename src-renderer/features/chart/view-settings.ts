import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { z } from 'zod';

/** How one person sees one song. Nothing here changes the shared chart. */
export const viewSettingsSchema = z.strictObject({
  /** Semitones above the shared chart. */
  transpose: z.int().min(-11).max(11),
  /** Fret of one's own capo; null: the song's. */
  capo: z.int().min(0).max(11).nullable(),
  notation: z.enum(['written', 'common', 'german', 'latin', 'solfege', 'nashville', 'roman']),
  /** What a capo makes different: the shapes one grips, the chords that sound, or both. */
  chords: z.enum(['shapes', 'sounding', 'both']),
  /** Of the lyrics, in CSS pixels. */
  size: z.int().min(10).max(48),
  /** 0: as the song says. */
  columns: z.int().min(0).max(4),
  hide_chords: z.boolean(),
  theme: z.enum(['auto', 'light', 'dark']),
  diagrams: z.enum(['none', 'guitar', 'ukulele', 'piano']),
  is_left_handed: z.boolean(),
});

export type ViewSettings = z.infer<typeof viewSettingsSchema>;

export const defaultViewSettings: ViewSettings = {
  transpose: 0,
  capo: null,
  notation: 'written',
  chords: 'shapes',
  size: 16,
  columns: 0,
  hide_chords: false,
  theme: 'auto',
  diagrams: 'none',
  is_left_handed: false,
};

const storageKey = (songId: string): string => `chordme.view.${songId}`;
const changedEvent = 'chordme-view-settings';

/** What is stored may be of another version or broken: each field that does not fit falls back alone. */
export function readViewSettings(stored: string | null): ViewSettings {
  if (stored === null) return defaultViewSettings;
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    return defaultViewSettings;
  }
  if (typeof value !== 'object' || value === null) return defaultViewSettings;
  const merged: Record<string, unknown> = { ...defaultViewSettings };
  for (const [key, schema] of Object.entries(viewSettingsSchema.shape)) {
    const field = schema.safeParse((value as Record<string, unknown>)[key]);
    if (field.success) merged[key] = field.data;
  }
  return viewSettingsSchema.parse(merged);
}

/** Whether this person sees something else than the shared chart: size and columns alone do not count. */
export function isOwnView(settings: ViewSettings): boolean {
  const shared = defaultViewSettings;
  return (
    settings.transpose !== shared.transpose ||
    settings.capo !== shared.capo ||
    settings.notation !== shared.notation ||
    settings.chords !== shared.chords ||
    settings.hide_chords !== shared.hide_chords
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('storage', listener);
  window.addEventListener(changedEvent, listener);
  return () => {
    window.removeEventListener('storage', listener);
    window.removeEventListener(changedEvent, listener);
  };
}

/** How this person sees a song, as of now. */
export function viewSettingsOf(songId: string): ViewSettings {
  return readViewSettings(localStorage.getItem(storageKey(songId)));
}

/** One person's view of one song, kept on this device; all places that show the song follow at once. */
export function useViewSettings(songId: string): [ViewSettings, (change: Partial<ViewSettings>) => void] {
  const key = storageKey(songId);
  const stored = useSyncExternalStore(subscribe, () => localStorage.getItem(key));
  const settings = useMemo(() => readViewSettings(stored), [stored]);
  const change = useCallback(
    (next: Partial<ViewSettings>) => {
      const merged = viewSettingsSchema.parse({ ...readViewSettings(localStorage.getItem(key)), ...next });
      try {
        localStorage.setItem(key, JSON.stringify(merged));
      } catch (error) {
        // A full store loses the memory of a view, never a chart.
        if (!(error instanceof DOMException)) throw error;
      }
      window.dispatchEvent(new Event(changedEvent));
    },
    [key],
  );
  return [settings, change];
}

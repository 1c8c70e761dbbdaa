import type { Rectangle } from 'electron';
import { z } from 'zod';
import type { Settings } from '../core/settings/settings.ts';
import type { ElectronApi, ShellWindow } from './electron-api.ts';

const coordinate = z.int().min(-100_000).max(100_000);
const placeSchema = z.strictObject({
  x: coordinate,
  y: coordinate,
  width: z.int().min(200).max(20_000),
  height: z.int().min(200).max(20_000),
  is_maximized: z.boolean(),
});
type WindowPlace = z.infer<typeof placeSchema>;

/** As much of a window must be on a display that it can be taken by its title and moved. */
const inSightPx = 100;

/** Size and place of last time; without a place when no display shows it any more, null when nothing is known. */
export type KnownPlace = (Omit<WindowPlace, 'x' | 'y'> & { at: { x: number; y: number } | null }) | null;

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}

function isInSight({ x, y, width }: Rectangle, area: Rectangle): boolean {
  // The title is at the top: what lies below the display may.
  const isTitleIn = y >= area.y && y + inSightPx <= area.y + area.height;
  return isTitleIn && overlap(x, width, area.x, area.width) >= inSightPx;
}

export function readWindowPlace(settings: Pick<Settings, 'get'>, { screen }: Pick<ElectronApi, 'screen'>): KnownPlace {
  const place = parse(settings.get('window_place'));
  if (place === null) return null;
  const { x, y, ...size } = place;
  const isSeen = screen.getAllDisplays().some(({ workArea }) => isInSight(place, workArea));
  return { ...size, at: isSeen ? { x, y } : null };
}

function parse(text: string | null): WindowPlace | null {
  if (text === null) return null;
  try {
    return placeSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Keeps where the window was, when it is closed; of several the last one. */
export function keepWindowPlace(settings: Pick<Settings, 'set'>, window: ShellWindow): void {
  window.on('close', () => {
    const place: WindowPlace = { ...window.getNormalBounds(), is_maximized: window.isMaximized() };
    try {
      settings.set('window_place', JSON.stringify(place));
    } catch {
      // A disk that takes nothing: people are told when it is about their songs.
    }
  });
}

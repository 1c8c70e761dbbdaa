import type { Timers } from '../../../shared/base/clock.ts';

export type SaveState = 'saved' | 'unsaved' | 'saving';

export interface AutoSave {
  /** Takes the newest text; it is written when typing rests. */
  change: (text: string) => void;
  /** Writes what is unsaved at once: the page is being left. */
  flush: () => void;
}

/** Typing rests: short enough that a crash costs a breath, long enough not to write every key. */
const restMs = 300;
/** After a refusal; the text stays here meanwhile. */
const againMs = 2_000;

/** Saves one text after another, never two at once, so that the last one typed is the last one written. */
export function createAutoSave(parts: {
  save: (text: string) => Promise<void>;
  timers: Pick<Timers, 'after'>;
  onState: (state: SaveState) => void;
  onRefused: (error: unknown) => void;
}): AutoSave {
  let pending: string | null = null;
  let isSaving = false;
  let undoTimer: (() => void) | null = null;

  const wait = (ms: number): void => {
    undoTimer?.();
    undoTimer = parts.timers.after(ms, () => void write());
  };
  const write = async (): Promise<void> => {
    undoTimer?.();
    undoTimer = null;
    if (pending === null || isSaving) return;
    const text = pending;
    pending = null;
    isSaving = true;
    parts.onState('saving');
    try {
      await parts.save(text);
    } catch (error) {
      // What was typed since is newer than what was refused.
      pending ??= text;
      isSaving = false;
      parts.onState('unsaved');
      parts.onRefused(error);
      wait(againMs);
      return;
    }
    isSaving = false;
    parts.onState(pending === null ? 'saved' : 'unsaved');
    if (pending !== null) await write();
  };
  return {
    change: (text) => {
      pending = text;
      parts.onState('unsaved');
      wait(restMs);
    },
    flush: () => void write(),
  };
}

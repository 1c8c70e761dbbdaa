import { useCallback, useEffect, useRef, type RefObject } from 'react';
import { toFault } from '../../app/queries.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { sayDone, sayFault, sayUndoableUntil } from '../../ui/notices.tsx';
import type { SourceEditorHandle } from '../chart/editor/source-editor-handle.ts';

/** Presses that follow each other are one notice with one undo. */
interface Told {
  songId: string;
  semitones: number;
  undos: (() => void)[];
  hide: () => void;
}

export interface Transposing {
  /** Transposes the shared song in front: in the editor where one is open, so that its own undo knows of it. */
  transpose: (semitones: number) => void;
  /** The editor did it by its own keys. */
  tellTransposed: (semitones: number) => void;
}

/** @param whyNot what to say to those who may not; null when they may */
export function useTransposing(
  live: LiveSession,
  songId: string | null,
  editor: RefObject<SourceEditorHandle | null>,
  whyNot: string | null,
): Transposing {
  const told = useRef<Told | null>(null);
  const front = useRef(songId);
  useEffect(() => {
    front.current = songId;
  }, [songId]);

  const tell = useCallback((id: string, semitones: number, undo: () => void): void => {
    const before = told.current?.songId === id ? told.current : null;
    before?.hide();
    const now: Told = {
      songId: id,
      semitones: semitones + (before?.semitones ?? 0),
      undos: [...(before?.undos ?? []), undo],
      hide: () => undefined,
    };
    told.current = now;
    now.hide = sayUndoableUntil(
      en.session.transposed(now.semitones),
      () => {
        for (const each of now.undos.toReversed()) each();
      },
      () => {
        if (told.current === now) told.current = null;
      },
    );
  }, []);

  const tellTransposed = useCallback(
    (semitones: number): void => {
      if (songId === null) return;
      const after = live.songText(songId).toJSON();
      tell(songId, semitones, () => {
        const isLast = front.current === songId && live.songText(songId).toJSON() === after;
        // What was written since stays: then it is transposed back instead.
        if (isLast && editor.current?.undo() === true) return;
        try {
          live.transposeSong(songId, -semitones);
        } catch (error) {
          sayFault(toFault(error));
        }
      });
    },
    [live, songId, editor, tell],
  );

  const transpose = useCallback(
    (semitones: number): void => {
      if (songId === null) return;
      if (whyNot !== null) {
        sayDone(whyNot);
        return;
      }
      if (editor.current?.transpose(semitones) === true) {
        tellTransposed(semitones);
        return;
      }
      try {
        const undo = live.transposeSong(songId, semitones);
        if (undo === null) sayDone(en.session.nothingToTranspose);
        else tell(songId, semitones, undo);
      } catch (error) {
        sayFault(toFault(error));
      }
    },
    [live, songId, editor, whyNot, tell, tellTransposed],
  );
  return { transpose, tellTransposed };
}

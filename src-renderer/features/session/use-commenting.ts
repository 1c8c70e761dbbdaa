import { useMemo, useState, type RefObject } from 'react';
import type { Place } from '../../../shared/ledger/anchor.ts';
import type { Anchor } from '../../../shared/ledger/payloads.ts';
import type { CommentThread, LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { sayDone } from '../../ui/notices.tsx';
import type { SourceEditorHandle } from '../chart/editor/source-editor-handle.ts';

/** Where one is in commenting: what a new comment is about, and which thread is in front. */
export interface Commenting {
  draft: Anchor | null;
  chosen: string | null;
  /** Why this person cannot comment now; null when they can. */
  whyNot: string | null;
  /** Null: there is nothing to comment on. */
  begin: (songId: string, place: Place | null) => void;
  send: (text: string) => void;
  cancel: () => void;
  choose: (threadId: string) => void;
  /** Brings the words of a thread into sight, in the source where it is open. */
  show: (thread: CommentThread) => void;
}

interface CommentingParts {
  live: LiveSession;
  editor: RefObject<SourceEditorHandle | null>;
  whyNot: string | null;
  onChooseSong: (songId: string) => void;
  /** A comment begins: its form comes into sight. */
  onBegin: () => void;
  /** Words are to be seen: the source comes into sight. */
  onShow: () => void;
}

export function useCommenting({ live, editor, whyNot, onChooseSong, onBegin, onShow }: CommentingParts): Commenting {
  const [draft, setDraft] = useState<Anchor | null>(null);
  const [chosen, choose] = useState<string | null>(null);
  // One object as long as it says the same: panes are not drawn anew for it.
  return useMemo(() => {
    const end = (): void => {
      setDraft(null);
      // Back to where it began.
      editor.current?.focus();
    };
    return {
      draft,
      chosen,
      whyNot,
      begin: (songId, place) => {
        if (whyNot !== null) sayDone(whyNot);
        else if (place === null) sayDone(en.comments.selectFirst);
        else {
          setDraft(live.anchorAt(songId, place));
          onBegin();
        }
      },
      send: (text) => {
        if (draft !== null) live.addComment(draft, text);
        end();
      },
      cancel: end,
      choose,
      show: (thread) => {
        choose(thread.id);
        if (thread.anchor === null) return;
        const { song_id: songId } = thread.anchor;
        onChooseSong(songId);
        onShow();
        const [place] = live.placesOf(songId, [thread.anchor]);
        // With the next frame: another song is in the editor by then.
        if (place !== null && place !== undefined) requestAnimationFrame(() => editor.current?.reveal(place.from, place.to));
      },
    };
  }, [live, editor, whyNot, draft, chosen, onChooseSong, onBegin, onShow]);
}

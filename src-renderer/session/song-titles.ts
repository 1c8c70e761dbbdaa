import type * as Y from 'yjs';
import { readSongHead } from '../../shared/music/read-song-head.ts';

interface Known {
  text: Y.Text;
  /** Null: the text changed since it was read. */
  title: string | null;
}

/** Titles of a session's songs, each read again only after its own text changed: a setlist has many, and one is typed in. */
export class SongTitles {
  readonly #known = new Map<string, Known>();

  /** @param text the song's, of the document as it is now; a replaced document has another */
  titleOf(songId: string, text: Y.Text): string {
    let known = this.#known.get(songId);
    if (known?.text !== text) {
      const fresh: Known = { text, title: null };
      text.observe(() => (fresh.title = null));
      this.#known.set(songId, fresh);
      known = fresh;
    }
    known.title ??= readSongHead(text.toJSON()).title;
    return known.title;
  }
}

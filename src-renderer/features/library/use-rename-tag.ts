import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys } from '../../app/queries.ts';
import { sayingFaults } from '../../app/saying-faults.ts';
import { en } from '../../text/en.ts';
import { sayUndoable } from '../../ui/notices.tsx';

/** Renames a tag in all songs, and offers to take that back. `onRenamed` hears of both while the page is there. */
export function useRenameTag(onRenamed: (from: string, to: string) => void): (tag: string, name: string) => void {
  const bridge = useBridge();
  const client = useQueryClient();
  // The undo outlives the page: it must not lead back to it.
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const tell = async (from: string, to: string): Promise<void> => {
    await client.invalidateQueries({ queryKey: keys.library });
    if (isHere.current) onRenamed(from, to);
  };
  return (tag, name) =>
    void sayingFaults(async () => {
      const before = await ask(bridge, 'library.rename_tag', { tag, name });
      await tell(tag, name);
      sayUndoable(en.shelf.renamed(tag, name, before.length), () => {
        void sayingFaults(async () => {
          await ask(bridge, 'library.put_tags', { songs: before });
          await tell(name, tag);
        });
      });
    });
}

import { useRef, useState, type ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { Palette } from './palette.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { useAppCommands } from './use-app-commands.ts';
import { useKeyCommands } from './use-key-commands.ts';

type Overlay = 'palette' | 'shortcuts';

/** What lies above every page: finding anything, and the list of keys. */
export function Overlays(): ReactElement {
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const focusedBefore = useRef<Element | null>(null);
  const close = (): void => setOverlay(null);
  const openPalette = (): void => {
    focusedBefore.current = document.activeElement;
    // There before the next key comes, which else would be written into the song.
    flushSync(() => setOverlay('palette'));
  };
  const closePalette = (): void => {
    flushSync(close);
    if (focusedBefore.current instanceof HTMLElement) focusedBefore.current.focus({ preventScroll: true });
  };
  useKeyCommands({ ...useAppCommands(), find: openPalette, 'show-keys': () => setOverlay('shortcuts') });
  return (
    <>
      <Palette isOpen={overlay === 'palette'} onClose={closePalette} />
      <ShortcutsDialog isOpen={overlay === 'shortcuts'} onClose={close} />
    </>
  );
}

import { useState, type ReactElement } from 'react';
import { useEffect } from 'react';
import { Palette } from './palette.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { useKeyCommands } from './use-key-commands.ts';

type Overlay = 'palette' | 'shortcuts';
const openEvent = 'chordme-open-palette';

/** From anywhere: opens the palette that the app shows once. */
export function openPalette(): void {
  globalThis.dispatchEvent(new Event(openEvent));
}

/** What lies above every page: finding anything, and the list of keys. */
export function Overlays(): ReactElement {
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const close = (): void => setOverlay(null);
  useKeyCommands({ find: () => setOverlay('palette'), 'show-keys': () => setOverlay('shortcuts') });
  useEffect(() => {
    const open = (): void => setOverlay('palette');
    globalThis.addEventListener(openEvent, open);
    return () => globalThis.removeEventListener(openEvent, open);
  }, []);
  return (
    <>
      <Palette isOpen={overlay === 'palette'} onClose={close} onShowKeys={() => setOverlay('shortcuts')} />
      <ShortcutsDialog isOpen={overlay === 'shortcuts'} onClose={close} />
    </>
  );
}

import { useState, type ReactElement } from 'react';
import { Palette } from './palette.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { useAppCommands } from './use-app-commands.ts';
import { useKeyCommands } from './use-key-commands.ts';

type Overlay = 'palette' | 'shortcuts';

/** What lies above every page: finding anything, and the list of keys. */
export function Overlays(): ReactElement {
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const close = (): void => setOverlay(null);
  useKeyCommands({ ...useAppCommands(), find: () => setOverlay('palette'), 'show-keys': () => setOverlay('shortcuts') });
  return (
    <>
      <Palette isOpen={overlay === 'palette'} onClose={close} />
      <ShortcutsDialog isOpen={overlay === 'shortcuts'} onClose={close} />
    </>
  );
}

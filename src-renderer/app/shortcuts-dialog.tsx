import { Kbd, Modal } from '@mantine/core';
import type { ReactElement } from 'react';
import { en } from '../text/en.ts';
import { areSingleKeysOn } from './preferences.ts';
import './overlays.css';

/** All keys at a glance. */
export function ShortcutsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactElement {
  return (
    <Modal opened={isOpen} onClose={onClose} title={en.shortcuts.title} size={460} closeButtonProps={{ 'aria-label': en.app.close }}>
      {!areSingleKeysOn() && <p className="cm-muted">{en.shortcuts.off}</p>}
      <dl className="shortcuts">
        {en.shortcuts.rows.map(([key, what]) => (
          <div key={key}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}

import { Button, Popover } from '@mantine/core';
import { MessageSquarePlus } from 'lucide-react';
import { useEffect, type ReactElement } from 'react';
import { en } from '../../text/en.ts';

export interface PressedChord {
  chord: string;
  on: DOMRect;
}

interface ChordCommentProps {
  pressed: PressedChord | null;
  onComment: () => void;
  onClose: () => void;
}

/** Beside a chord that was pressed in the chart: the way to a comment on it. Takes no focus. */
export function ChordComment({ pressed, onComment, onClose }: ChordCommentProps): ReactElement | null {
  useEffect(() => {
    if (pressed === null) return undefined;
    // The chord is elsewhere then.
    globalThis.addEventListener('scroll', onClose, { capture: true, once: true });
    return () => globalThis.removeEventListener('scroll', onClose, { capture: true });
  }, [pressed, onClose]);
  if (pressed === null) return null;
  const { left, top, width, height } = pressed.on;
  return (
    <Popover opened onChange={(isOpen) => !isOpen && onClose()} position="bottom-start" shadow="md" returnFocus={false} closeOnEscape>
      <Popover.Target>
        <span className="chord-pressed" style={{ left, top, width, height }} />
      </Popover.Target>
      <Popover.Dropdown p={4} aria-label={pressed.chord}>
        <Button variant="subtle" size="compact-sm" leftSection={<MessageSquarePlus size={14} aria-hidden="true" />} onClick={onComment}>
          {en.comments.onChord(pressed.chord)}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

import { ActionIcon } from '@mantine/core';
import { ChevronDown, ChevronLeft, ChevronRight, ChevronUp, Printer, X } from 'lucide-react';
import { useState, type DragEvent, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { en } from '../../text/en.ts';
import './setlist.css';
import { moveTarget, neighbour, type PlacedSong } from './setlist-order.ts';

interface SetlistViewProps<I extends PlacedSong> {
  items: readonly I[];
  current: I | null;
  canEdit: boolean;
  /** Where there is nothing on it. */
  empty: string;
  /** Beside the heading: what puts songs on it. */
  add: ReactNode;
  onChoose: (songId: string) => void;
  /** Behind another item; null: first. */
  onMove: (itemId: string, after: string | null) => void;
  onRemove: (item: I) => void;
  onPrint: () => void;
}

function titleOf(item: PlacedSong): string {
  return item.title === '' ? en.library.untitled : item.title;
}

/** Dragged within this window only; the type keeps out what comes from elsewhere. */
const dragType = 'application/x-chordme-item';

/** Songs in their order: choose, order by drag, buttons or Alt and arrows, take off. */
export function SetlistView<I extends PlacedSong>(props: SetlistViewProps<I>): ReactElement {
  const { items, current, canEdit, empty, add, onChoose, onMove, onRemove, onPrint } = props;
  const [said, say] = useState('');
  const [dropAt, setDropAt] = useState<number | null>(null);
  const [previous, next] = [neighbour(items, current, -1), neighbour(items, current, 1)];

  const move = (item: I, index: number): void => {
    const after = moveTarget(items, item.item_id, index);
    if (after === undefined) return;
    onMove(item.item_id, after);
    say(en.setlist.moved(titleOf(item), Math.max(0, Math.min(index, items.length - 1)) + 1));
  };
  const onKeyDown = (event: KeyboardEvent, item: I, at: number): void => {
    if (!canEdit || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(item, event.key === 'ArrowUp' ? at - 1 : at + 1);
  };
  const onDrop = (event: DragEvent, index: number): void => {
    event.preventDefault();
    setDropAt(null);
    const from = items.findIndex((item) => item.item_id === event.dataTransfer.getData(dragType));
    const item = items[from];
    if (item !== undefined) move(item, from < index ? index - 1 : index);
  };

  return (
    <nav className="pane setlist" aria-label={en.setlist.title}>
      <header className="pane-head">
        <h2 className="cm-grow">{en.setlist.title}</h2>
        {add}
      </header>
      <ol className="setlist-items pane-body pane-scroll">
        {items.map((item, at) => (
          // Dragging is one of three ways; the buttons and Alt with an arrow do the same.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li
            key={item.item_id}
            className={`setlist-item${item === current ? ' setlist-current' : ''}${dropAt === at ? ' setlist-drop' : ''}`}
            draggable={canEdit}
            onDragStart={(event) => event.dataTransfer.setData(dragType, item.item_id)}
            onDragOver={(event) => {
              if (!canEdit || !event.dataTransfer.types.includes(dragType)) return;
              event.preventDefault();
              const { top, height } = event.currentTarget.getBoundingClientRect();
              setDropAt(event.clientY < top + height / 2 ? at : at + 1);
            }}
            onDragEnd={() => setDropAt(null)}
            onDrop={(event) => onDrop(event, dropAt ?? at)}
          >
            <button
              type="button"
              className="setlist-choose"
              aria-current={item === current ? 'true' : undefined}
              onClick={() => onChoose(item.song_id)}
              onKeyDown={(event) => onKeyDown(event, item, at)}
            >
              <span className="setlist-number" aria-hidden="true">
                {at + 1}
              </span>
              <span className="cm-ellipsis">{titleOf(item)}</span>
            </button>
            {canEdit && (
              <span className="setlist-tools">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={26}
                  aria-label={en.setlist.moveUp(titleOf(item))}
                  disabled={at === 0}
                  onClick={() => move(item, at - 1)}
                >
                  <ChevronUp size={15} aria-hidden="true" />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={26}
                  aria-label={en.setlist.moveDown(titleOf(item))}
                  disabled={at === items.length - 1}
                  onClick={() => move(item, at + 1)}
                >
                  <ChevronDown size={15} aria-hidden="true" />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={26}
                  aria-label={en.setlist.remove(titleOf(item))}
                  onClick={() => onRemove(item)}
                >
                  <X size={15} aria-hidden="true" />
                </ActionIcon>
              </span>
            )}
          </li>
        ))}
        {items.length === 0 && <li className="setlist-empty cm-muted cm-small">{empty}</li>}
      </ol>
      {items.length > 0 && (
        <footer className="setlist-steps">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={en.setlist.previous}
            disabled={previous === null}
            onClick={() => previous !== null && onChoose(previous.song_id)}
          >
            <ChevronLeft size={18} aria-hidden="true" />
          </ActionIcon>
          <span className="cm-muted cm-small">
            {current === null ? 0 : items.indexOf(current) + 1} / {items.length}
          </span>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={en.setlist.next}
            disabled={next === null}
            onClick={() => next !== null && onChoose(next.song_id)}
          >
            <ChevronRight size={18} aria-hidden="true" />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={en.setlist.print} title={en.setlist.print} onClick={onPrint}>
            <Printer size={16} aria-hidden="true" />
          </ActionIcon>
        </footer>
      )}
      <output className="cm-hidden">{said}</output>
    </nav>
  );
}

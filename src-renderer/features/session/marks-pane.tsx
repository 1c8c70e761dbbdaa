import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Flag } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { limits } from '../../../shared/base/limits.ts';
import type { LiveSession, MarkLine, MarkType, SetlistItem } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import './marks.css';
import { numberedMark } from './numbered-mark.ts';

const types: readonly MarkType[] = ['take', 'section', 'note'];
const clockTime = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

interface MarksPaneProps {
  live: LiveSession;
  marks: readonly MarkLine[];
  setlist: readonly SetlistItem[];
  current: SetlistItem | null;
  mayMark: boolean;
  onChoose: (songId: string) => void;
}

/** The moments of a rehearsal that somebody named, newest last; a press brings the song that was played then. */
export function MarksPane({ live, marks, setlist, current, mayMark, onChoose }: MarksPaneProps): ReactElement {
  const [type, setType] = useState<MarkType>('take');
  const [name, setName] = useState('');
  const titles = new Map(setlist.map((item) => [item.song_id, item.title]));
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const said = name.trim();
    live.addMark(type, said === '' ? numberedMark(type, marks) : said, current?.song_id ?? null);
    setName('');
  };
  return (
    <>
      <ScrollPane className="marks" role="log" aria-label={en.marks.title}>
        {marks.length === 0 && <p className="chat-empty cm-muted">{mayMark ? en.marks.empty : en.marks.emptyReader}</p>}
        <ol>
          {marks.map(({ id, type: kind, text, at, name: who, song_id, is_pending }) => {
            const title = song_id === null ? undefined : titles.get(song_id);
            return (
              <li key={id}>
                <button
                  type="button"
                  className="mark"
                  disabled={title === undefined}
                  onClick={() => {
                    if (song_id !== null) onChoose(song_id);
                  }}
                >
                  <time dateTime={at} title={new Date(at).toLocaleString()} className="mark-time cm-muted">
                    {clockTime.format(new Date(at))}
                  </time>
                  <span className="mark-text">
                    <strong>{text}</strong>
                    <span className="cm-small cm-muted">
                      {[en.marks.types[kind], title === '' ? en.library.untitled : title, who, is_pending ? en.chat.pending : undefined]
                        .filter((part) => part !== undefined)
                        .join(' · ')}
                    </span>
                  </span>
                </button>
              </li>
            );
          })}
        </ol>
      </ScrollPane>
      {mayMark && (
        <form className="marks-form" onSubmit={onSubmit}>
          <NativeSelect
            aria-label={en.marks.type}
            value={type}
            data={types.map((value) => ({ value, label: en.marks.types[value] }))}
            onChange={({ currentTarget: { value } }) => setType(types.find((each) => each === value) ?? 'take')}
          />
          <TextInput
            className="cm-grow"
            aria-label={en.marks.name}
            placeholder={en.marks.placeholder}
            value={name}
            maxLength={limits.markerCharacters}
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
          <Button type="submit" px={10} aria-label={en.marks.add}>
            <Flag size={16} aria-hidden="true" />
          </Button>
        </form>
      )}
    </>
  );
}

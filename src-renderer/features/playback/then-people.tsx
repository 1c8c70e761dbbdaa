import { memo, type ReactElement } from 'react';
import type { PersonThen } from '../../../shared/playback/playhead.ts';
import { en } from '../../text/en.ts';
import { PersonBadge } from '../../ui/person-badge.tsx';
import { colorOf, nameOf, type People } from '../history/version-names.ts';

const words = en.playback;

interface ThenPeopleProps {
  there: readonly Pick<PersonThen, 'user_id' | 'song_id' | 'is_typing'>[];
  people: People;
  titleOf: (songId: string) => string;
}

/** Who was there, and which song each looked at. */
export const ThenPeople = memo(function ThenPeople({ there, people, titleOf }: ThenPeopleProps): ReactElement {
  if (there.length === 0) return <p className="then-remark cm-muted">{words.nobody}</p>;
  return (
    <ul className="people then-people" aria-label={words.people}>
      {there.map(({ user_id, song_id, is_typing }) => {
        const name = nameOf(user_id, people);
        return (
          <li key={user_id} className="person">
            <PersonBadge name={name} color={colorOf(user_id, people) ?? 'var(--cm-muted)'} size={24} />
            <span className="person-words">
              <span className="person-name cm-ellipsis">{name}</span>
              <span className="cm-muted cm-small cm-ellipsis">
                {is_typing ? <em>{words.typing}</em> : song_id === null ? '' : titleOf(song_id)}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
});

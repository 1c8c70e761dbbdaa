import type { ReactElement } from 'react';
import { en } from '../../text/en.ts';
import { PersonBadge } from '../../ui/person-badge.tsx';
import { colorOf, nameOf, type People } from '../history/version-names.ts';
import type { Player, PlayerState } from './player.ts';
import { usePlayer } from './use-player.ts';

const words = en.playback;

const whoIsThere = ({ moment }: PlayerState) => moment.people.map(({ user_id, song_id, is_typing }) => ({ user_id, song_id, is_typing }));

interface ThenPeopleProps {
  player: Player;
  people: People;
  titleOf: (songId: string) => string;
}

/** Who was there, and which song each looked at. */
export function ThenPeople({ player, people, titleOf }: ThenPeopleProps): ReactElement {
  const there = usePlayer(player, whoIsThere);
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
}

import { Checkbox } from '@mantine/core';
import { useCallback, useMemo, useState, type ReactElement } from 'react';
import { lastWhere } from '../../../shared/playback/last-where.ts';
import type { Moment } from '../../../shared/playback/playhead.ts';
import type { Playback } from '../../../shared/playback/playback.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import type { People } from '../history/version-names.ts';
import { roleLabel } from '../session/session-rights.ts';
import type { Player, PlayerState } from './player.ts';
import { saidLines, type SaidThen } from './said-lines.ts';
import { TalkUntil } from './talk-until.tsx';
import { isPlayingOf, useBehindFrames, usePlayer } from './use-player.ts';
import { WholeTalk } from './whole-talk.tsx';

const words = en.playback;

/** How much had been said, and how many roles were given. */
interface Reached {
  n: number;
  roles: number;
}
const all: Reached = { n: Infinity, roles: Infinity };

const reachedAt = (playback: Playback, { n, ms }: Moment): Reached => ({
  n: playback.saidBy(n),
  roles: lastWhere(playback.newRoles, (one) => one.ms <= ms) + 1,
});

const stands = ({ from, to, place }: SaidThen, then: Reached): boolean =>
  place === null ? from <= then.n && then.n <= to : place < then.roles;
const isLater = ({ n, place }: SaidThen, then: Reached): boolean => (place === null ? n > then.n : place >= then.roles);

interface ThenTalkProps {
  player: Player;
  /** Null: not known here; roles have their plain names. */
  session: Session | null;
  people: People;
}

/** Chat, comments, marks and new roles as they came; a press brings the moment of one. */
export function ThenTalk({ player, session, people }: ThenTalkProps): ReactElement {
  const { playback, seek } = player;
  const [isWhole, showWhole] = useState(false);
  const reached = usePlayer(
    player,
    useCallback(({ moment }: PlayerState) => reachedAt(playback, moment), [playback]),
  );
  const then = useBehindFrames(reached, usePlayer(player, isPlayingOf));
  const said = useMemo(() => saidLines(playback, (role) => words.became(roleLabel(role, session))), [playback, session]);
  const lines = useMemo(() => said.filter((line) => stands(line, isWhole ? all : then)), [said, isWhole, then]);
  return (
    <>
      <div className="then-head">
        <h2 className="cm-grow">{words.talk}</h2>
        <Checkbox size="xs" label={words.showAll} checked={isWhole} onChange={({ currentTarget }) => showWhole(currentTarget.checked)} />
      </div>
      {isWhole ? (
        <WholeTalk lines={lines} isLater={(line) => isLater(line, then)} people={people} onSeek={seek} />
      ) : (
        <TalkUntil lines={lines} people={people} onSeek={seek} />
      )}
    </>
  );
}

import { ActionIcon, Checkbox, NativeSelect } from '@mantine/core';
import { Pause, Play, StepBack, StepForward } from 'lucide-react';
import type { ReactElement } from 'react';
import { en } from '../../text/en.ts';
import { clockTime } from '../recordings/clock-time.ts';
import { speeds, type Player, type PlayerState } from './player.ts';
import { usePlayer } from './use-player.ts';

const words = en.playback;

const clockOf = ({ moment }: PlayerState): string => clockTime(moment.ms);
const choicesOf = ({ isPlaying, speed, skipsSilences }: PlayerState) => ({ isPlaying, speed, skipsSilences });

/** Apart from the buttons: of all that is here it alone becomes another with the moment. */
function Clock({ player }: { player: Player }): ReactElement {
  const clock = usePlayer(player, clockOf);
  return (
    <span className="transport-clock">
      {clock} <span className="cm-muted">/ {clockTime(player.playback.durationMs)}</span>
    </span>
  );
}

/** Play and pause, from change to change, how fast, and the moment as a clock. */
export function Transport({ player }: { player: Player }): ReactElement {
  const { isPlaying, speed, skipsSilences } = usePlayer(player, choicesOf);
  return (
    <fieldset className="transport" aria-label={words.transport}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        title={words.earlierHint}
        aria-label={words.earlier}
        onClick={() => player.step(-1)}
      >
        <StepBack size={18} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        size={44}
        radius="xl"
        title={isPlaying ? words.pauseHint : words.playHint}
        aria-label={isPlaying ? words.pause : words.play}
        onClick={() => player.toggle()}
      >
        {isPlaying ? <Pause size={20} aria-hidden="true" /> : <Play size={20} aria-hidden="true" />}
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" size="lg" title={words.laterHint} aria-label={words.later} onClick={() => player.step(1)}>
        <StepForward size={18} aria-hidden="true" />
      </ActionIcon>
      <Clock player={player} />
      <span className="cm-grow" />
      <Checkbox
        size="xs"
        label={words.skip}
        title={words.skipHint}
        checked={skipsSilences}
        onChange={({ currentTarget }) => player.setSkipping(currentTarget.checked)}
      />
      <NativeSelect
        size="xs"
        aria-label={words.speed}
        value={String(speed)}
        data={speeds.map((each) => ({ value: String(each), label: words.speeds(each) }))}
        onChange={({ currentTarget: { value } }) => player.setSpeed(speeds.find((each) => String(each) === value) ?? 1)}
      />
    </fieldset>
  );
}

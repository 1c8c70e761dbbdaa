import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, Play, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { isOwner } from '../../../shared/session/people-policy.ts';
import type { Recording } from '../../../shared/session/recording-schemas.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { keys, toFault } from '../../app/queries.ts';
import { bytesOfBase64 } from '../../session/base64.ts';
import { en } from '../../text/en.ts';
import { confirm } from '../../ui/confirm.tsx';
import { sayDone, sayFault } from '../../ui/notices.tsx';
import { saveBytes } from '../chart/out/save-file.ts';
import { standingOf } from '../session/session-rights.ts';
import { useSessionManagementService } from '../sessions/use-sessions.ts';
import { clockTime } from './clock-time.ts';

const words = en.recordings;
const formats = ['zip', 'csv', 'json'] as const;
type Format = (typeof formats)[number];

function story({ status, ended_because, started_by }: Recording): string {
  const by = started_by === null ? words.byItself : words.by(started_by.name === '' ? words.somebody : started_by.name);
  if (status === 'interrupted') return `${by}. ${words.interrupted}`;
  return ended_because === null ? by : `${by}. ${words.ended(ended_because)}`;
}

export function RecordingRow({ session, recording }: { session: Session; recording: Recording }): ReactElement {
  const service = useSessionManagementService();
  const client = useQueryClient();
  const when = new Date(recording.started_at).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
  const save = useMutation({
    mutationFn: async (format: Format) => {
      const { name, media_type, encoding, content } = await service.exportRecording({ id: session.id, recording_id: recording.id, format });
      saveBytes(name, media_type, encoding === 'base64' ? bytesOfBase64(content) : new TextEncoder().encode(content));
    },
    onSuccess: () => sayDone(words.saved),
    onError: (error) => sayFault(toFault(error)),
  });
  const remove = useMutation({
    mutationFn: () => service.deleteRecording({ id: session.id, recording_id: recording.id }),
    onSuccess: async () => {
      sayDone(words.removed);
      await client.invalidateQueries({ queryKey: keys.recordings(session.id) });
    },
    onError: (error) => sayFault(toFault(error)),
  });
  const askToRemove = (): void =>
    confirm({ title: when, words: words.removeConfirm(when), confirm: words.remove, isGrave: true, onConfirm: () => remove.mutate() });
  return (
    <li className="recording-row">
      <div className="cm-grow">
        <strong>
          <time dateTime={recording.started_at}>{when}</time>
        </strong>
        <p className="cm-small cm-muted">
          {[
            clockTime(recording.duration_ms),
            words.things(recording.event_count),
            words.size(recording.bytes),
            words.status[recording.status],
          ].join(' · ')}
        </p>
        <p className="cm-small cm-muted">{story(recording)}</p>
      </div>
      {recording.status !== 'recording' && (
        <Button
          component={Link}
          to={`/session/${session.id}/recordings/${recording.id}`}
          size="compact-sm"
          leftSection={<Play size={14} aria-hidden="true" />}
          aria-label={en.playback.playNamed(when)}
        >
          {en.playback.play}
        </Button>
      )}
      <fieldset className="recording-formats">
        <legend className="cm-hidden">{words.export}</legend>
        <Download size={14} aria-hidden="true" />
        {formats.map((format) => (
          <Button
            key={format}
            variant="default"
            size="compact-sm"
            title={words.formats[format]}
            aria-label={words.exportNamed(words.formats[format], when)}
            loading={save.isPending && save.variables === format}
            onClick={() => save.mutate(format)}
          >
            {format.toUpperCase()}
          </Button>
        ))}
      </fieldset>
      {isOwner(standingOf(session)) && (
        <Button
          variant="subtle"
          color="red.9"
          size="compact-sm"
          leftSection={<Trash2 size={14} aria-hidden="true" />}
          aria-label={words.removeNamed(when)}
          loading={remove.isPending}
          onClick={askToRemove}
        >
          {words.remove}
        </Button>
      )}
    </li>
  );
}

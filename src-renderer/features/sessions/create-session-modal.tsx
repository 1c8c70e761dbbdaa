import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import { sessionSchema, type Session } from '../../../shared/session/schemas.ts';
import { accessModeSchema, accessModes, defaultTemplateId, type AccessMode, type Template } from '../../../shared/session/templates.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault, useLibrary, useSetlists } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { groupedChoices } from '../library/song-choices.ts';
import { useTemplates } from '../templates/use-templates.ts';
import './sessions.css';

export interface CreateSessionModalProps {
  isOpen: boolean;
  onClose: () => void;
  onSessionCreated: (session: Session) => void;
  /** The server is out of reach: it is made later. */
  onPrepared: (id: string) => void;
  /** A song or a setlist of the library to begin with. */
  beginWith?: string | undefined;
  templateId?: string | undefined;
}

function CreateSessionForm({
  onSessionCreated,
  onPrepared,
  beginWith,
  templateId,
}: Omit<CreateSessionModalProps, 'isOpen' | 'onClose'>): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const templates = useTemplates();
  const library = useLibrary().data ?? [];
  const setlists = (useSetlists().data ?? []).filter(({ song_ids }) => song_ids.length > 0);
  const [chosenTemplate, chooseTemplate] = useState(templateId ?? defaultTemplateId);
  const [pickedSong, chooseSong] = useState<string | null | undefined>(beginWith);
  const [chosenAccess, chooseAccess] = useState<AccessMode | null>(null);
  const [typedName, setName] = useState<string | null>(null);
  const [isNameMissing, setNameMissing] = useState(false);

  // Whoever has just imported or edited a song wants to rehearse that one.
  const newest = library.toSorted((a, b) => (a.updated_at < b.updated_at ? 1 : -1))[0]?.id ?? null;
  const chosenSong = pickedSong === undefined ? newest : pickedSong;
  const template: Template | undefined = templates.find((each) => each.id === chosenTemplate);
  const song = library.find((each) => each.id === chosenSong);
  const setlist = setlists.find((each) => each.id === chosenSong);
  const songName = song === undefined || song.title === '' ? en.create.defaultName : en.create.nameOf(song.title);
  const name = typedName ?? setlist?.name ?? songName;
  const access = chosenAccess ?? template?.access_mode ?? 'link-access';

  const create = useMutation({
    mutationFn: () => {
      const song_ids = setlist?.song_ids ?? (chosenSong === null ? [] : [chosenSong]);
      const plan = { name: name.trim(), template_id: chosenTemplate, access_mode: access, song_ids, invitations: [] };
      return ask(bridge, 'outbox.prepare', { plan });
    },
    onSuccess: async (outcome) => {
      if (outcome.state === 'waiting') {
        await client.invalidateQueries({ queryKey: keys.outbox });
        return onPrepared(outcome.id);
      }
      await client.invalidateQueries({ queryKey: ['sessions'] });
      onSessionCreated(sessionSchema.parse(outcome.output));
    },
  });

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setNameMissing(name.trim() === '');
    if (name.trim() !== '') create.mutate();
  };

  return (
    <form onSubmit={onSubmit} noValidate className="create-form">
      <TextInput
        data-autofocus
        label={en.create.name}
        placeholder={en.create.namePlaceholder}
        value={name}
        maxLength={255}
        onChange={(event) => setName(event.currentTarget.value)}
        error={isNameMissing && name.trim() === '' ? en.create.needName : null}
      />
      <NativeSelect
        label={en.create.song}
        value={chosenSong ?? ''}
        onChange={(event) => chooseSong(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        data={[{ value: '', label: en.create.noSong }, ...groupedChoices(library, setlists)]}
      />
      <NativeSelect
        label={en.create.template}
        value={chosenTemplate}
        onChange={(event) => {
          chooseTemplate(event.currentTarget.value);
          chooseAccess(null);
        }}
        data={templates.map((each) => ({ value: each.id, label: each.name }))}
      />
      {template !== undefined && (
        <p className="create-template cm-small cm-muted">
          {template.description} {en.templates.seats(template.max_participants)}.{' '}
          {en.templates.join(template.role_labels[template.default_role])}.
        </p>
      )}
      <NativeSelect
        label={en.create.access}
        value={access}
        onChange={(event) => chooseAccess(accessModeSchema.parse(event.currentTarget.value))}
        data={accessModes.map((value) => ({ value, label: en.create.accessModes[value] }))}
      />
      {create.isError && <FaultNotice fault={toFault(create.error)} />}
      <div className="create-actions">
        <Button type="submit" size="md" loading={create.isPending}>
          {en.create.submit}
        </Button>
      </div>
    </form>
  );
}

/** Starts a session from a template, around a song of the library. */
export function CreateSessionModal({ isOpen, onClose, ...form }: CreateSessionModalProps): ReactElement {
  return (
    <Modal opened={isOpen} onClose={onClose} title={en.create.title} size={480} closeButtonProps={{ 'aria-label': en.app.close }}>
      <CreateSessionForm {...form} />
    </Modal>
  );
}

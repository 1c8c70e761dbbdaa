import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useNavigate } from 'react-router';
import type { Session } from '../../../shared/session/schemas.ts';
import { toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone } from '../../ui/notices.tsx';
import { useSessionManagementService } from '../sessions/use-sessions.ts';
import { SettingsSection } from './settings-section.tsx';

const words = en.sessionSettings;

function DeleteForm({ session, onCancel }: { session: Session; onCancel: () => void }): ReactElement {
  const service = useSessionManagementService();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const remove = useMutation({
    mutationFn: () => service.deleteSession({ id: session.id, confirm: session.name }),
    onSuccess: async () => {
      sayDone(words.removed(session.name));
      await navigate('/sessions');
      await client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const isRight = typed.trim() === session.name.trim();
    setWrong(!isRight);
    if (isRight) remove.mutate();
  };
  return (
    <form onSubmit={onSubmit} noValidate className="people-form">
      <p>{words.removeLead}</p>
      <p>{words.removeConfirm(session.name)}</p>
      <TextInput
        data-autofocus
        label={words.removeName}
        value={typed}
        maxLength={255}
        autoComplete="off"
        error={isWrong ? words.removeWrong : null}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setWrong(false);
        }}
      />
      {remove.isError && <FaultNotice fault={toFault(remove.error)} />}
      <div className="session-moves session-moves-end">
        <Button variant="default" onClick={onCancel}>
          {en.app.cancel}
        </Button>
        <Button type="submit" variant="outline" color="var(--cm-bad)" loading={remove.isPending}>
          {words.remove}
        </Button>
      </div>
    </form>
  );
}

/** For good, after its name was typed. */
export function DeleteSection({ session }: { session: Session }): ReactElement {
  const [isOpen, setOpen] = useState(false);
  return (
    <SettingsSection title={words.remove}>
      <p className="cm-muted">{words.removeLead}</p>
      <div>
        <Button variant="outline" color="var(--cm-bad)" onClick={() => setOpen(true)}>
          {words.remove}
        </Button>
      </div>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={words.remove}
        size={440}
        closeButtonProps={{ 'aria-label': en.app.close }}
      >
        <DeleteForm session={session} onCancel={() => setOpen(false)} />
      </Modal>
    </SettingsSection>
  );
}

import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent, type ReactElement } from 'react';
import { joinCodeSchema } from '../../../shared/session/schemas.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { useSessionManagementService } from './use-sessions.ts';
import './sessions.css';

const words = en.join;

interface GuestFormProps {
  initialCode: string;
  /** Null: it is among one's sessions. */
  onJoined: (sessionId: string | null) => void;
}

/** With a name only, by a link that admits guests. */
export function GuestForm({ initialCode, onJoined }: GuestFormProps): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const service = useSessionManagementService();
  const headingId = useId();
  const [code, setCode] = useState(initialCode);
  const [name, setName] = useState('');
  const [problems, setProblems] = useState<{ code?: string; name?: string }>({});
  const enter = useMutation({
    mutationFn: async (wanted: string) => {
      await ask(bridge, 'account.guest', { code: wanted, name: name.trim() });
      // Who has just become somebody is in one session: the link may be used up, so that it is not asked again.
      return (await service.getMySessions({ limit: 1 })).items[0]?.id ?? null;
    },
    onSuccess: async (sessionId) => {
      await client.invalidateQueries({ queryKey: keys.appState });
      await client.invalidateQueries({ queryKey: ['sessions'] });
      onJoined(sessionId);
    },
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const parsed = joinCodeSchema.safeParse(code.replaceAll(/[\s-]/gu, ''));
    const found = {
      ...(name.trim() === '' && { name: en.account.needName }),
      ...(!parsed.success && { code: en.sessions.badCode }),
    };
    setProblems(found);
    if (name.trim() !== '' && parsed.success) enter.mutate(parsed.data);
  };
  const fault = enter.isError ? toFault(enter.error) : null;
  return (
    <section className="card join-card" aria-labelledby={headingId}>
      <h2 className="card-title" id={headingId}>
        {words.guestTitle}
      </h2>
      <p className="cm-muted">{words.guestLead}</p>
      <form onSubmit={onSubmit} noValidate className="join-form">
        <TextInput
          label={words.guestName}
          description={words.guestHint}
          autoComplete="name"
          value={name}
          maxLength={80}
          error={problems.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={words.needCode}
          value={code}
          maxLength={20}
          autoComplete="off"
          spellCheck={false}
          error={problems.code}
          classNames={{ input: 'join-code-input' }}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" size="md" fullWidth loading={enter.isPending}>
          {words.guest}
        </Button>
      </form>
      {fault?.code === 'invalid-code' && (
        <p className="quiet-bar" role="alert">
          {words.guestRefused}
        </p>
      )}
      {fault !== null && fault.code !== 'invalid-code' && <FaultNotice fault={fault} />}
    </section>
  );
}

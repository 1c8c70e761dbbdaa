import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { joinCodeSchema, type Session } from '../../../shared/session/schemas.ts';
import { toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { searchOfLink } from './invitation-link.ts';
import { useSessionManagementService } from './use-sessions.ts';
import './sessions.css';

interface JoinFormProps {
  /** Null: nobody is signed in, and the code leads to where one becomes somebody. */
  onJoined: ((session: Session) => void) | null;
  initialCode?: string;
}

/** The code of a session, as somebody reads it out: any case, blanks and hyphens do not matter. A whole link may be pasted. */
export function JoinForm({ onJoined, initialCode = '' }: JoinFormProps): ReactElement {
  const service = useSessionManagementService();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [code, setCode] = useState(initialCode);
  const [isBad, setBad] = useState(false);
  const join = useMutation({
    mutationFn: (wanted: string) => service.joinByCode({ code: wanted }),
    onSuccess: async (session) => {
      await client.invalidateQueries({ queryKey: ['sessions'] });
      onJoined?.(session);
    },
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    // A link names its server too: that is looked at first.
    const search = searchOfLink(code);
    if (search !== null) return void navigate(`/join${search}`);
    const parsed = joinCodeSchema.safeParse(code.replaceAll(/[\s-]/gu, ''));
    setBad(!parsed.success);
    if (!parsed.success) return;
    if (onJoined === null) void navigate(`/join?code=${parsed.data}`);
    else join.mutate(parsed.data);
  };
  return (
    <form onSubmit={onSubmit} noValidate className="join-form">
      <TextInput
        label={en.sessions.joinCode}
        value={code}
        onChange={(event) => {
          setCode(event.currentTarget.value);
          setBad(false);
        }}
        error={isBad ? en.sessions.badCode : null}
        maxLength={2_000}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        classNames={{ input: 'join-code-input' }}
      />
      <Button type="submit" variant="default" fullWidth loading={join.isPending}>
        {en.sessions.join}
      </Button>
      {join.isError && <FaultNotice fault={toFault(join.error)} />}
    </form>
  );
}

import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import type { OutputOf } from '../../../shared/api/operations.ts';
import type { User } from '../../../shared/session/schemas.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { request } from '../../app/request.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone } from '../../ui/notices.tsx';
import { PasswordField } from './password-field.tsx';
import { useSaveMyData } from './use-save-my-data.ts';

const words = en.account.deleteRow;
type Plan = OutputOf<'requestDeletion'>;

/** The first step: who asks shows that it is them. */
function Ask({ user, onPlan }: { user: User; onPlan: (plan: Plan) => void }): ReactElement {
  const bridge = useBridge();
  const [password, setPassword] = useState('');
  const [isMissing, setMissing] = useState(false);
  const isGuest = user.email === null;
  const look = useMutation({
    mutationFn: () => request(bridge, 'requestDeletion', isGuest ? {} : { current_password: password }),
    onSuccess: onPlan,
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const isEmpty = !isGuest && password === '';
    setMissing(isEmpty);
    if (!isEmpty) look.mutate();
  };
  return (
    <form onSubmit={onSubmit} noValidate className="account-change">
      <p>{isGuest ? words.askGuest : words.ask}</p>
      {!isGuest && (
        <PasswordField
          label={en.account.present}
          isNew={false}
          value={password}
          onChange={setPassword}
          error={isMissing ? en.account.needPresent : undefined}
        />
      )}
      {look.isError && <FaultNotice fault={toFault(look.error)} />}
      <div>
        <Button type="submit" variant="default" loading={look.isPending}>
          {words.look}
        </Button>
      </div>
    </form>
  );
}

/** The second: what would go, and the button that does it. */
function Confirm({ plan, onClose }: { plan: Plan; onClose: () => void }): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const data = useSaveMyData();
  const { sessions_handed_over: handed, sessions_deleted: gone } = plan;
  const remove = useMutation({
    mutationFn: () => request(bridge, 'deleteMe', { deletion_token: plan.deletion_token }),
    onSuccess: async () => {
      onClose();
      sayDone(words.done);
      await client.invalidateQueries({ queryKey: keys.appState });
      await client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  return (
    <div className="account-change">
      <p>{words.words}</p>
      {handed.length + gone.length === 0 && <p>{words.none}</p>}
      {handed.length > 0 && (
        <div>
          <h3 className="account-row-title">{words.handedOver}</h3>
          <ul className="account-list">
            {handed.map(({ id, name, to }) => (
              <li key={id}>{words.handed(name, to.name)}</li>
            ))}
          </ul>
        </div>
      )}
      {gone.length > 0 && (
        <div>
          <h3 className="account-row-title">{words.gone}</h3>
          <ul className="account-list">
            {gone.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
        </div>
      )}
      <p className="cm-muted">{words.until}</p>
      {remove.isError && <FaultNotice fault={toFault(remove.error)} />}
      <div className="account-row-buttons">
        <Button variant="default" loading={data.isPending} onClick={() => data.mutate()}>
          {words.export}
        </Button>
        <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate()}>
          {words.confirm}
        </Button>
      </div>
    </div>
  );
}

/** The end of an account, in two steps: what would go, then that it goes. */
export function DeleteAccount({ user, isOpen, onClose }: { user: User; isOpen: boolean; onClose: () => void }): ReactElement {
  const [plan, setPlan] = useState<Plan | null>(null);
  const close = (): void => {
    setPlan(null);
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={close} title={words.title2} size={520} closeButtonProps={{ 'aria-label': en.app.close }}>
      {plan === null ? <Ask user={user} onPlan={setPlan} /> : <Confirm plan={plan} onClose={close} />}
    </Modal>
  );
}

import { Button } from '@mantine/core';
import { useId, useState, type ReactElement, type ReactNode } from 'react';
import { en } from '../../text/en.ts';
import './account.css';

interface AccountRowProps {
  title: string;
  value: ReactNode;
  /** The name of the button for screen readers. */
  change: string;
  /** The form that the button opens. @param close when it is done with */
  children: (close: () => void) => ReactNode;
}

/** Something of the account as it is, with a button that opens the form to change it. */
export function AccountRow({ title, value, change, children }: AccountRowProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const openerId = useId();
  const close = (): void => {
    setOpen(false);
    // Where the person was before.
    document.querySelector<HTMLElement>(`#${CSS.escape(openerId)}`)?.focus();
  };
  return (
    <div className="account-row">
      <div className="account-row-head">
        <div className="cm-grow">
          <h3 className="account-row-title">{title}</h3>
          <p className="cm-muted cm-ellipsis">{value}</p>
        </div>
        <Button
          id={openerId}
          variant="default"
          size="xs"
          aria-label={isOpen ? undefined : change}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? en.app.cancel : en.account.change}
        </Button>
      </div>
      {isOpen && <div className="account-row-form">{children(close)}</div>}
    </div>
  );
}

/** Something that one does with the account. */
export function AccountDeed({ title, lead, children }: { title: string; lead: string; children: ReactNode }): ReactElement {
  return (
    <div className="account-row">
      <div className="account-row-head account-row-deed">
        <div className="cm-grow">
          <h3 className="account-row-title">{title}</h3>
          <p className="cm-muted">{lead}</p>
        </div>
        <div className="account-row-buttons">{children}</div>
      </div>
    </div>
  );
}

import { ActionIcon, Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Plus, QrCode as QrIcon, Trash2 } from 'lucide-react';
import { useId, useRef, useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import type { JoinLink } from '../../../shared/session/invitation-schemas.ts';
import { mayManageSession } from '../../../shared/session/people-policy.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone, sayFault } from '../../ui/notices.tsx';
import { When } from '../../ui/when.tsx';
import { standingOf } from '../session/session-rights.ts';
import { useSend } from '../outbox/use-outbox.ts';
import { OnlyHere } from './only-here.tsx';
import { LinkForm } from './link-form.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { useJoinLinks } from './use-people.ts';

const words = en.people.links;

function LinkRow({ session, link, onShow }: { session: Session; link: JoinLink; onShow: () => void }): ReactElement {
  const send = useSend();
  const client = useQueryClient();
  const shown = useRef<HTMLElement>(null);
  const revoke = async (): Promise<void> => {
    try {
      const { isDone } = await send('revokeLink', { id: session.id, link_id: link.id }, link.code);
      if (isDone) sayDone(words.revoked(link.code));
      await client.invalidateQueries({ queryKey: ['sessions'] });
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  return (
    <li className="way">
      <span className="way-words">
        <code className="join-code-letters" ref={shown}>
          {link.code}
        </code>
        <span className="cm-muted cm-small">
          {link.role_label} · {link.admits_guests ? words.guests : words.accountsOnly} · {words.uses(link.uses, link.max_uses)} ·{' '}
          {words.ends} <When at={link.expires_at} />
        </span>
      </span>
      <span className="way-tools">
        <CopyButton text={link.link} label={words.copy(link.code)} shown={shown} />
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={words.qr(link.code)} onClick={onShow}>
          <QrIcon size={16} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={words.revoke(link.code)} onClick={() => void revoke()}>
          <Trash2 size={16} aria-hidden="true" />
        </ActionIcon>
      </span>
    </li>
  );
}

/** To hold up to somebody's camera. */
function QrDialog({ link, onClose }: { link: JoinLink | null; onClose: () => void }): ReactElement {
  return (
    <Modal opened={link !== null} onClose={onClose} title={words.qrTitle} size={400} closeButtonProps={{ 'aria-label': en.app.close }}>
      {link !== null && (
        <div className="qr-dialog">
          <QrCode text={link.link} label={words.qrImage(link.code)} />
          <p className="cm-muted">{words.qrLead(link.role_label)}</p>
          <p className="share-code">{link.code}</p>
        </div>
      )}
    </Modal>
  );
}

/** Ways in for whoever holds their code. */
export function JoinLinks({ session }: { session: Session }): ReactElement {
  const links = useJoinLinks(session.id);
  const headingId = useId();
  const [isMaking, setMaking] = useState(false);
  const [scanned, setScanned] = useState<string | null>(null);
  if (session.access_mode === 'invite-only') {
    return (
      <section className="card around-card" aria-labelledby={headingId}>
        <h2 className="card-title" id={headingId}>
          {words.title}
        </h2>
        <p className="cm-muted">{words.inviteOnly}</p>
        {mayManageSession(standingOf(session)) && (
          <Link to={`/session/${session.id}/settings`} className="text-link">
            {words.changeAccess}
          </Link>
        )}
      </section>
    );
  }
  return (
    <section className="card around-card" aria-labelledby={headingId}>
      <div className="around-head">
        <h2 className="card-title cm-grow" id={headingId}>
          {words.title}
        </h2>
        <Button variant="default" size="xs" leftSection={<Plus size={14} aria-hidden="true" />} onClick={() => setMaking(true)}>
          {words.make}
        </Button>
      </div>
      <p className="cm-muted">{words.lead}</p>
      <OnlyHere />
      {links.isError && <FaultNotice fault={toFault(links.error)} onRetry={() => void links.refetch()} />}
      {links.isSuccess && links.data.length === 0 && <p className="cm-muted">{words.empty}</p>}
      <ul aria-labelledby={headingId}>
        {(links.data ?? []).map((link) => (
          <LinkRow key={link.id} session={session} link={link} onShow={() => setScanned(link.id)} />
        ))}
      </ul>
      <QrDialog link={links.data?.find(({ id }) => id === scanned) ?? null} onClose={() => setScanned(null)} />
      <Modal
        opened={isMaking}
        onClose={() => setMaking(false)}
        title={words.makeTitle}
        size={420}
        closeButtonProps={{ 'aria-label': en.app.close }}
      >
        <LinkForm session={session} onMade={() => setMaking(false)} />
      </Modal>
    </section>
  );
}

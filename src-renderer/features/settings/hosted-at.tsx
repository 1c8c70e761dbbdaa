import { NativeSelect } from '@mantine/core';
import { useRef, useState, type ReactElement } from 'react';
import type { HostingState } from '../../../shared/ipc/hosting.ts';
import { joinLink } from '../../../shared/session/join-link.ts';
import { useAppState, useKnownSessions } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { QrCode } from '../../ui/qr-code.tsx';

const words = en.settings.hosting;

function Copied({ label, text, copy }: { label: string; text: string; copy: string }): ReactElement {
  const shown = useRef<HTMLElement>(null);
  return (
    <div className="hosting-copied">
      <span className="cm-muted">{label}</span>
      <code className="cm-grow hosting-text" ref={shown}>
        {text}
      </code>
      <CopyButton text={text} label={copy} shown={shown} />
    </div>
  );
}

/** The way in for others: as an address, as a link with the key of this computer, as a picture of that link. */
export function HostedAt({ at }: { at: NonNullable<HostingState['at']> }): ReactElement {
  const isEmbedded = useAppState().data?.server?.is_embedded === true;
  const known = useKnownSessions().data ?? [];
  // Codes of another server lead nowhere here.
  const sessions = isEmbedded ? known.filter(({ join_code, status }) => join_code !== null && status !== 'archived') : [];
  const [chosen, setChosen] = useState<string | null>(null);
  const session = chosen === '' ? undefined : (sessions.find(({ id }) => id === chosen) ?? sessions[0]);
  const link = joinLink({ server: at.url, key: at.key, code: session?.join_code ?? null });
  return (
    <div className="card hosting-card">
      <Copied label={words.address} text={at.url} copy={words.copyAddress} />
      {sessions.length > 0 && (
        <NativeSelect
          label={words.leadsTo}
          value={session?.id ?? ''}
          data={[...sessions.map(({ id, name }) => ({ value: id, label: name })), { value: '', label: words.noSession }]}
          onChange={({ currentTarget: { value } }) => setChosen(value)}
        />
      )}
      <Copied label={words.key} text={at.key} copy={words.copyKey} />
      <Copied label={words.link} text={link} copy={words.copyLink} />
      <div className="hosting-qr">
        <QrCode text={link} label={words.qr} />
        <p className="cm-muted cm-small">{words.linkHint}</p>
      </div>
      <p className="cm-muted cm-small">{words.plain}</p>
    </div>
  );
}

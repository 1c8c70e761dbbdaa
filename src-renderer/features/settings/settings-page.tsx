import { Button, NativeSelect, Switch, useMantineColorScheme } from '@mantine/core';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { areSingleKeysOn, switchSingleKeys } from '../../app/preferences.ts';
import { keys, toFault, useAppState } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { sayDone, sayFault } from '../../ui/notices.tsx';
import { Page } from '../../ui/page.tsx';
import { PersonBadge } from '../../ui/person-badge.tsx';
import { AccountPanel } from '../account/account-panel.tsx';
import { MeetingPoint } from './meeting-point.tsx';
import { ServerSettings } from './server-settings.tsx';
import './settings.css';

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }): ReactElement {
  return (
    <section id={id} className="settings-section" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="card-title">
        {title}
      </h2>
      <div className="settings-body">{children}</div>
    </section>
  );
}

function Account(): ReactElement | null {
  const bridge = useBridge();
  const client = useQueryClient();
  const state = useAppState().data;
  if (state === undefined) return null;
  if (state.account === null) return <AccountPanel />;
  const { name, email, color } = state.account;
  const signOut = async (): Promise<void> => {
    try {
      await ask(bridge, 'account.sign_out', {});
      sayDone(en.account.signedOut);
      await client.invalidateQueries({ queryKey: keys.appState });
      await client.invalidateQueries({ queryKey: ['sessions'] });
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  return (
    <div className="card settings-account">
      <PersonBadge name={name} color={color} size={40} />
      <div className="cm-grow">
        <p className="card-title cm-ellipsis">{name}</p>
        <p className="cm-muted cm-ellipsis">{email}</p>
      </div>
      <Button variant="default" onClick={() => void signOut()}>
        {en.account.signOut}
      </Button>
    </div>
  );
}

function Appearance(): ReactElement {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [hasSingleKeys, setSingleKeys] = useState(areSingleKeysOn);
  return (
    <div className="settings-stack">
      <NativeSelect
        label={en.settings.theme}
        value={colorScheme}
        onChange={({ currentTarget: { value } }) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
        data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: en.settings.themes[value] }))}
      />
      <Switch
        label={en.settings.singleKeys}
        checked={hasSingleKeys}
        onChange={({ currentTarget: { checked } }) => {
          switchSingleKeys(checked);
          setSingleKeys(checked);
        }}
      />
    </div>
  );
}

/** Account, appearance, server, about. */
export function SettingsPage(): ReactElement {
  const version = useAppState().data?.version ?? '';
  return (
    <Page title={en.settings.title}>
      <Section id="account" title={en.settings.account}>
        <Account />
      </Section>
      <Section id="appearance" title={en.settings.appearance}>
        <Appearance />
      </Section>
      <Section id="server" title={en.settings.server}>
        <ServerSettings />
      </Section>
      <Section id="meeting" title={en.settings.meeting.title}>
        <MeetingPoint />
      </Section>
      <Section id="about" title={en.settings.about}>
        <p>{en.settings.version(version)}</p>
        <p className="cm-muted">{en.settings.license}</p>
      </Section>
    </Page>
  );
}

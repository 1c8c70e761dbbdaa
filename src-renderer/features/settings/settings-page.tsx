import { Button, NativeSelect, Switch, useMantineColorScheme } from '@mantine/core';
import { useEffect, useState, type ReactElement } from 'react';
import { Link, useLocation } from 'react-router';
import { mayCall } from '../../../shared/api/gate-policy.ts';
import { areSingleKeysOn, switchSingleKeys } from '../../app/preferences.ts';
import { useAppState } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { Page } from '../../ui/page.tsx';
import { AccountSettings } from '../account/account-settings.tsx';
import { DeviceList } from '../account/device-list.tsx';
import { DesktopSettings, ReportSection } from './desktop-settings.tsx';
import { Hosting } from './hosting.tsx';
import { MeetingPoint } from './meeting-point.tsx';
import { Section } from './section.tsx';
import { Updates } from './updates.tsx';
import { ServerSettings } from './server-settings.tsx';

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
      <DesktopSettings />
    </div>
  );
}

/** Account, devices, appearance, server, about; for those who host, the way to what they decide. */
export function SettingsPage(): ReactElement {
  const state = useAppState().data;
  const account = state?.account ?? null;
  const { hash } = useLocation();
  const isThere = state !== undefined;
  useEffect(() => {
    if (isThere && hash !== '') document.getElementById(hash.slice(1))?.scrollIntoView({ block: 'start' });
  }, [hash, isThere]);
  return (
    <Page title={en.settings.title}>
      <Section id="account" title={en.settings.account}>
        <AccountSettings />
      </Section>
      {account !== null && (
        <Section id="devices" title={en.devices.title}>
          <DeviceList />
        </Section>
      )}
      {mayCall('serverStatus', account) && (
        <Section id="administration" title={en.admin.title}>
          <div className="settings-stack">
            <p className="cm-muted">{en.admin.openLead}</p>
            <div>
              <Button component={Link} to="/settings/administration" variant="default">
                {en.admin.open}
              </Button>
            </div>
          </div>
        </Section>
      )}
      <Section id="appearance" title={en.settings.appearance}>
        <Appearance />
      </Section>
      <Section id="server" title={en.settings.server}>
        <ServerSettings />
      </Section>
      <Section id="hosting" title={en.settings.hosting.title}>
        <Hosting />
      </Section>
      <Section id="meeting" title={en.settings.meeting.title}>
        <MeetingPoint />
      </Section>
      <Updates />
      <Section id="report" title={en.report.title}>
        <ReportSection />
      </Section>
      <Section id="about" title={en.settings.about}>
        <p>{en.settings.version(state?.version ?? '')}</p>
        <p className="cm-muted">{en.settings.license}</p>
      </Section>
    </Page>
  );
}

import { Button } from '@mantine/core';
import { ShieldCheck } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { mayCall } from '../../../shared/api/gate-policy.ts';
import { toFault, useAppState } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../settings/section.tsx';
import { ArchiveSection } from './archive-section.tsx';
import { CleanupSection } from './cleanup-section.tsx';
import { LimitsSection } from './limits-section.tsx';
import { MailSection } from './mail-section.tsx';
import { PeopleSection } from './people-section.tsx';
import { RegistrationSection } from './registration-section.tsx';
import { ServerHealth } from './server-health.tsx';
import { useServerSettings } from './use-server-settings.ts';
import './admin.css';

const words = en.admin;

function Decisions(): ReactElement {
  const settings = useServerSettings();
  if (settings.isError) return <FaultNotice fault={toFault(settings.error)} onRetry={() => void settings.refetch()} />;
  if (settings.data === undefined) return <p className="cm-muted">…</p>;
  return (
    <>
      <Section id="registration" title={words.registration.title}>
        <RegistrationSection settings={settings.data} />
      </Section>
      <Section id="limits" title={words.limits.title}>
        <LimitsSection settings={settings.data} />
      </Section>
    </>
  );
}

/** What whoever hosts looks at and decides. Nobody else sees it, and the server refuses them by the same rule. */
export function AdministrationPage(): ReactElement {
  const state = useAppState().data;
  const account = state?.account ?? null;
  const server = state?.server ?? null;
  if (state === undefined) return <Page title={words.title}>{null}</Page>;
  if (account === null || !mayCall('serverStatus', account)) {
    return (
      <Page title={words.title}>
        <EmptyState icon={<ShieldCheck size={28} />} title={words.notYours} body={words.notYoursBody}>
          <Button component={Link} to="/settings" variant="default">
            {en.settings.title}
          </Button>
        </EmptyState>
      </Page>
    );
  }
  const name = server === null || server.is_embedded ? en.settings.thisComputer : (server.description?.name ?? server.url);
  return (
    <Page title={words.title} lead={words.lead(name)}>
      <Section id="health" title={words.health.title}>
        <ServerHealth />
      </Section>
      <Section id="people" title={words.users.title}>
        <PeopleSection ownId={account.id} sendsMail={server?.description?.features.includes('mail') === true} />
      </Section>
      <Decisions />
      <Section id="mail" title={words.mail.title}>
        <MailSection email={account.email} />
      </Section>
      <Section id="cleanup" title={words.cleanup.title}>
        <CleanupSection />
      </Section>
      <Section id="archive" title={words.archive.title}>
        <ArchiveSection />
      </Section>
    </Page>
  );
}

import { Button } from '@mantine/core';
import { useId, type ReactElement, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { mayCall } from '../../../shared/api/gate-policy.ts';
import type { ListedTemplate } from '../../../shared/session/templates.ts';
import { useAppState } from '../../app/queries.ts';
import { useKeyCommands } from '../../app/use-key-commands.ts';
import { en } from '../../text/en.ts';
import { Page } from '../../ui/page.tsx';
import { TemplateCard } from './template-card.tsx';
import { useTemplateDeeds } from './use-template-deeds.ts';
import { useTemplatesInSight } from './use-templates.ts';
import './templates.css';

const words = en.templates;

function Group({
  title,
  templates,
  empty,
  card,
}: {
  title: string;
  templates: readonly ListedTemplate[];
  /** Shown where there is none; without it the group is not there. */
  empty?: ReactNode;
  card: (template: ListedTemplate) => ReactElement;
}): ReactElement | null {
  const titleId = useId();
  if (templates.length === 0 && empty === undefined) return null;
  return (
    <section className="template-group" aria-labelledby={titleId}>
      <h2 id={titleId} className="template-group-title">
        {title}
      </h2>
      {templates.length === 0 ? empty : <ul className="template-cards">{templates.map(card)}</ul>}
    </section>
  );
}

/** What sessions are made from: one's own, those that others share, and those of every server. */
export function TemplatesPage(): ReactElement {
  const navigate = useNavigate();
  const account = useAppState().data?.account ?? null;
  const { templates, isTold, isRefused } = useTemplatesInSight();
  const deeds = useTemplateDeeds();
  const mayMake = mayCall('createTemplate', account);
  useKeyCommands(mayMake ? { new: () => void navigate('/templates/new') } : {});
  const card = (template: ListedTemplate): ReactElement => (
    <TemplateCard key={template.id} template={template} deeds={deeds} mayMake={mayMake} hasUses={isTold} />
  );
  const lack = account === null ? words.mineSignedOut : mayMake ? words.mineEmpty : words.mineGuest;
  const empty = (
    <div className="card template-none">
      <p className="cm-muted">{lack}</p>
      <Button component={Link} to={mayMake ? '/templates/new' : '/settings#account'} variant="default">
        {mayMake ? words.new : en.settings.account}
      </Button>
    </div>
  );
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        mayMake && (
          <Button component={Link} to="/templates/new">
            {words.new}
          </Button>
        )
      }
    >
      {isRefused && <p className="quiet-bar">{words.offline}</p>}
      <Group title={words.mine} templates={templates.filter(({ is_mine }) => is_mine)} empty={empty} card={card} />
      <Group title={words.shared} templates={templates.filter((each) => !each.is_mine && !each.is_built_in)} card={card} />
      <Group title={words.builtIn} templates={templates.filter(({ is_built_in }) => is_built_in)} card={card} />
    </Page>
  );
}

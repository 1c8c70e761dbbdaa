import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { en } from '../../text/en.ts';
import { Page } from '../../ui/page.tsx';
import { useTemplates } from './use-templates.ts';
import './templates.css';

/** What sessions are made from. */
export function TemplatesPage(): ReactElement {
  const templates = useTemplates();
  const navigate = useNavigate();
  return (
    <Page title={en.templates.title} lead={en.templates.lead}>
      <ul className="template-cards">
        {templates.map((template) => (
          <li key={template.id} className="card template-card">
            <h2 className="card-title">{template.name}</h2>
            <p className="cm-muted">{template.description}</p>
            <dl className="template-facts cm-small">
              <div>
                <dt className="cm-hidden">{en.create.template}</dt>
                <dd>{en.templates.seats(template.max_participants)}</dd>
              </div>
              <div>
                <dt className="cm-hidden">{en.create.access}</dt>
                <dd>{en.create.accessModes[template.access_mode]}</dd>
              </div>
              <div>
                <dt className="cm-hidden">{en.people.title}</dt>
                <dd>{[...new Set(Object.values(template.role_labels))].join(' · ')}</dd>
              </div>
            </dl>
            <Button
              variant="default"
              aria-label={en.templates.startNamed(template.name)}
              onClick={() => void navigate(`/sessions?new=1&template=${encodeURIComponent(template.id)}`)}
            >
              {en.templates.start}
            </Button>
          </li>
        ))}
      </ul>
    </Page>
  );
}

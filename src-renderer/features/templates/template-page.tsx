import { Button } from '@mantine/core';
import { LayoutTemplate } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { mayCall } from '../../../shared/api/gate-policy.ts';
import {
  builtInTemplates,
  defaultTemplateId,
  mayChangeTemplate,
  type ListedTemplate,
  type Template,
} from '../../../shared/session/templates.ts';
import { useAppState } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { PermissionTable } from '../permissions/permission-table.tsx';
import { TemplateEditor } from './template-editor.tsx';
import { TemplatePreview } from './template-preview.tsx';
import { useTemplatesInSight } from './use-templates.ts';
import './templates.css';

const words = en.templates;

/** What a template of nothing begins with: the usual one, without a name. */
function emptyTemplate(): Template {
  const usual = builtInTemplates.find(({ id }) => id === defaultTemplateId);
  if (usual === undefined) throw new Error('the usual template is built in');
  return { ...usual, name: '', category: '', description: '' };
}

function Look({ template, mayMake }: { template: ListedTemplate; mayMake: boolean }): ReactElement {
  const navigate = useNavigate();
  const { id, name, description, permissions, role_labels, owner_name } = template;
  const from = encodeURIComponent(id);
  return (
    <Page
      title={name}
      lead={owner_name === null ? description : `${description} ${words.by(owner_name)}`.trim()}
      actions={
        <>
          {mayMake && (
            <Button component={Link} to={`/templates/new?from=${from}`} variant="default">
              {words.copy}
            </Button>
          )}
          <Button onClick={() => void navigate(`/sessions?new=1&template=${from}`)}>{words.start}</Button>
        </>
      }
    >
      <div className="template-editor">
        <PermissionTable table={permissions} labels={role_labels} />
        <TemplatePreview values={template} />
      </div>
      <p>
        <Link to="/templates" className="text-link">
          {words.back}
        </Link>
      </p>
    </Page>
  );
}

/** `/templates/new`, `/templates/new?from=…`, and one template: to edit where it is one's own, else to look at. */
export function TemplatePage(): ReactElement {
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const state = useAppState().data;
  const account = state?.account ?? null;
  const { templates, isTold, isRefused } = useTemplatesInSight();
  const from = search.get('from');
  const isNew = id === 'new';
  const wanted = isNew ? from : id;
  const found = templates.find((each) => each.id === wanted);
  const mayMake = mayCall('createTemplate', account);
  // What only the server knows is waited for.
  const isWaiting = state === undefined || (wanted !== null && found === undefined && account !== null && !isTold && !isRefused);
  if (isWaiting) return <Page title={words.title}>{null}</Page>;
  if (isNew && mayMake && (from === null || found !== undefined)) {
    const start = found === undefined ? emptyTemplate() : { ...found, name: words.editor.copyOf(found.name).slice(0, 80) };
    return (
      <Page title={words.editor.newTitle}>
        <TemplateEditor key={from ?? ''} start={start} isShared={false} id={null} />
      </Page>
    );
  }
  if (isNew || found === undefined) {
    return (
      <Page title={words.title}>
        <EmptyState
          icon={<LayoutTemplate size={28} />}
          title={isNew && !mayMake ? (account === null ? words.mineSignedOut : words.mineGuest) : words.gone}
          {...(isNew && !mayMake ? {} : { body: words.goneBody })}
        >
          <Button component={Link} to="/templates" variant="default">
            {words.back}
          </Button>
        </EmptyState>
      </Page>
    );
  }
  if (!mayChangeTemplate(found)) return <Look template={found} mayMake={mayMake} />;
  return (
    <Page title={words.editor.title} lead={words.uses(found.uses)}>
      <TemplateEditor key={id} start={found} isShared={found.is_shared} id={id} />
    </Page>
  );
}

import { ActionIcon, Button, Menu } from '@mantine/core';
import { Copy, Ellipsis, Eye, Pencil, Share2, Trash2, Users } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link, useNavigate } from 'react-router';
import { mayChangeTemplate, type ListedTemplate } from '../../../shared/session/templates.ts';
import { en } from '../../text/en.ts';
import type { TemplateDeeds } from './use-template-deeds.ts';

const words = en.templates;

interface TemplateCardProps {
  template: ListedTemplate;
  deeds: TemplateDeeds;
  /** Whether this person may make templates at all. */
  mayMake: boolean;
  hasUses: boolean;
}

function CardMenu({ template, deeds, mayMake }: Omit<TemplateCardProps, 'hasUses'>): ReactElement {
  const navigate = useNavigate();
  const at = `/templates/${encodeURIComponent(template.id)}`;
  const isMine = mayChangeTemplate(template);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label={words.more(template.name)}>
          <Ellipsis size={18} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={isMine ? <Pencil size={16} /> : <Eye size={16} />} onClick={() => void navigate(at)}>
          {isMine ? words.edit : words.look}
        </Menu.Item>
        {mayMake && (
          <Menu.Item
            leftSection={<Copy size={16} />}
            onClick={() => void navigate(`/templates/new?from=${encodeURIComponent(template.id)}`)}
          >
            {words.copy}
          </Menu.Item>
        )}
        {isMine && (
          <>
            <Menu.Item leftSection={<Share2 size={16} />} onClick={() => deeds.share(template, !template.is_shared)}>
              {template.is_shared ? words.unshare : words.share}
            </Menu.Item>
            <Menu.Item leftSection={<Trash2 size={16} />} onClick={() => deeds.remove(template)}>
              {words.remove}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** One template: what it is for, and what to do with it. */
export function TemplateCard({ template, deeds, mayMake, hasUses }: TemplateCardProps): ReactElement {
  const navigate = useNavigate();
  const { id, name, description, is_mine, is_shared, owner_name, uses } = template;
  return (
    <li className="card template-card">
      <div className="template-head">
        <h3 className="card-title cm-grow">
          <Link to={`/templates/${encodeURIComponent(id)}`}>{name}</Link>
        </h3>
        {is_mine && is_shared && <span className="template-mark">{words.sharedMark}</span>}
        <CardMenu template={template} deeds={deeds} mayMake={mayMake} />
      </div>
      <p className="cm-muted template-what">{description}</p>
      <ul className="template-facts cm-small">
        <li>
          <Users size={14} aria-hidden="true" /> {words.seats(template.max_participants)}
        </li>
        <li>{en.create.accessModes[template.access_mode]}</li>
        <li>{[...new Set(Object.values(template.role_labels))].join(' · ')}</li>
        {owner_name !== null && !is_mine && <li className="cm-muted">{words.by(owner_name)}</li>}
      </ul>
      <div className="template-foot">
        <Button
          variant="default"
          size="xs"
          aria-label={words.startNamed(name)}
          onClick={() => void navigate(`/sessions?new=1&template=${encodeURIComponent(id)}`)}
        >
          {words.start}
        </Button>
        {hasUses && <span className="cm-small cm-muted">{words.uses(uses)}</span>}
      </div>
    </li>
  );
}

import { ActionIcon } from '@mantine/core';
import { Pencil, Trash2 } from 'lucide-react';
import { useState, type ReactElement, type ReactNode } from 'react';
import { limits } from '../../../shared/base/limits.ts';
import type { CommentLine } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { PersonBadge } from '../../ui/person-badge.tsx';
import { When } from '../../ui/when.tsx';
import { WordsForm } from './words-form.tsx';

interface RemarkProps {
  line: CommentLine;
  mayEdit: boolean;
  mayDelete: boolean;
  onEdit: (text: string) => void;
  onDelete: () => void;
  /** More to do with it. */
  tools?: ReactNode;
}

/** One comment or answer, with what one may do with it. */
export function CommentRemark({ line, mayEdit, mayDelete, onEdit, onDelete, tools }: RemarkProps): ReactElement {
  const [isEditing, setEditing] = useState(false);
  return (
    <div className="remark">
      <PersonBadge name={line.name} color={line.color} size={22} />
      <div className="remark-words">
        <div className="remark-author">
          <strong className="cm-ellipsis">{line.name}</strong>
          <span className="cm-muted cm-small">
            <When at={line.at} />
          </span>
          {!isEditing && (mayEdit || mayDelete) && (
            <span className="remark-own">
              {mayEdit && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={28}
                  aria-label={en.comments.edit(line.name)}
                  onClick={() => setEditing(true)}
                >
                  <Pencil size={14} aria-hidden="true" />
                </ActionIcon>
              )}
              {mayDelete && (
                <ActionIcon variant="subtle" color="gray" size={28} aria-label={en.comments.remove(line.name)} onClick={onDelete}>
                  <Trash2 size={14} aria-hidden="true" />
                </ActionIcon>
              )}
            </span>
          )}
        </div>
        {isEditing ? (
          <WordsForm
            label={en.comments.edit(line.name)}
            sendLabel={en.comments.save}
            atMost={limits.commentCharacters}
            initial={line.text}
            onCancel={() => setEditing(false)}
            onSend={(text) => {
              setEditing(false);
              if (text !== line.text) onEdit(text);
            }}
          />
        ) : (
          <p className="remark-text" dir="auto">
            {line.text}
            {line.edited_by !== null && (
              <span className="cm-muted cm-small">
                {' '}
                · {line.edited_by === line.name ? en.comments.edited : en.comments.editedBy(line.edited_by)}
              </span>
            )}
            {line.is_pending && <span className="cm-muted cm-small chat-pending"> · {en.chat.pending}</span>}
          </p>
        )}
        {!isEditing && tools !== undefined && <span className="remark-tools">{tools}</span>}
      </div>
    </div>
  );
}

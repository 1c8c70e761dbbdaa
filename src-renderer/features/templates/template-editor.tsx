import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent, type ReactElement } from 'react';
import { Link, useBlocker, useNavigate } from 'react-router';
import type { Template } from '../../../shared/session/templates.ts';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { confirm } from '../../ui/confirm.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone } from '../../ui/notices.tsx';
import { useSend } from '../outbox/use-outbox.ts';
import { draftOf, fieldOf, readDraft, type DraftProblems, type TemplateDraft } from './template-draft.ts';
import { AboutFields, CourseFields, RoleFields } from './template-fields.tsx';
import { TemplatePreview } from './template-preview.tsx';

const words = en.templates.editor;

interface TemplateEditorProps {
  /** What it begins with. */
  start: Template;
  isShared: boolean;
  /** The one that is changed; null: a new one is made. */
  id: string | null;
}

/** Asks before what was typed is left behind. */
function useLeaveQuestion(isUnsaved: () => boolean): void {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => isUnsaved() && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    confirm({
      title: en.templates.title,
      words: words.leave,
      confirm: words.leaveAnyway,
      cancel: words.stay,
      onConfirm: () => blocker.proceed(),
      onCancel: () => blocker.reset(),
    });
  }, [blocker]);
}

/** All of a template, with what a session of it will be like beside it, as it is typed. */
export function TemplateEditor({ start, isShared, id }: TemplateEditorProps): ReactElement {
  const send = useSend();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [first] = useState(() => draftOf(start, isShared));
  const [draft, setDraft] = useState<TemplateDraft>(first);
  const [problems, setProblems] = useState<DraftProblems>({});
  const [values, setValues] = useState(start);
  const isSaved = useRef(false);
  useLeaveQuestion(() => !isSaved.current && JSON.stringify(draft) !== JSON.stringify(first));

  const save = useMutation({
    mutationFn: () => {
      const read = readDraft(draft);
      if (read.values === null) throw new Error('a draft with problems is not sent');
      const input = { ...read.values, is_shared: draft.is_shared };
      const { name } = input;
      return id === null ? send('createTemplate', input, name) : send('updateTemplate', { id, ...input }, name);
    },
    onSuccess: async (sent) => {
      isSaved.current = true;
      if (sent.isDone) sayDone(id === null ? words.created(sent.output.name) : words.saved(sent.output.name));
      await client.invalidateQueries({ queryKey: keys.templates });
      void navigate('/templates');
    },
    onError: (error) => {
      const told = toFault(error).errors.flatMap(({ path, message }) => {
        const field = fieldOf(path);
        return field === null ? [] : [[field, message] as const];
      });
      setProblems(Object.fromEntries(told));
    },
  });
  const onChange = (change: Partial<TemplateDraft>): void => {
    const next = { ...draft, ...change };
    setDraft(next);
    const read = readDraft(next);
    // What cannot be read yet leaves the preview as it was.
    if (read.values !== null) setValues({ ...start, ...read.values });
    else setValues((before) => ({ ...before, permissions: next.permissions, role_labels: next.role_labels }));
    if (Object.keys(problems).length > 0) setProblems(read.problems ?? {});
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const read = readDraft(draft);
    setProblems(read.problems ?? {});
    if (read.values !== null) save.mutate();
  };
  const fields = { draft, problems, onChange };
  return (
    <div className="template-editor">
      <form onSubmit={onSubmit} noValidate className="template-form">
        <AboutFields {...fields} />
        <RoleFields {...fields} />
        <CourseFields {...fields} />
        {save.isError && <FaultNotice fault={toFault(save.error)} />}
        <div className="template-save">
          <Button type="submit" loading={save.isPending}>
            {id === null ? words.create : words.save}
          </Button>
          <Button component={Link} to="/templates" variant="subtle">
            {en.app.cancel}
          </Button>
          {Object.keys(problems).length > 0 && (
            <p role="alert" className="permission-warning">
              {words.needed}
            </p>
          )}
        </div>
      </form>
      <TemplatePreview values={values} />
    </div>
  );
}

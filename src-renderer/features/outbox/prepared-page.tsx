import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { useId, useState, type FormEvent, type ReactElement, type ReactNode } from 'react';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import type { OutboxItem, SessionPlan } from '../../../shared/ipc/outbox.ts';
import { givenRoleSchema } from '../../../shared/session/invitation-schemas.ts';
import { emailSchema } from '../../../shared/session/schemas.ts';
import { useLibrary, useSetlists } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { Page } from '../../ui/page.tsx';
import { groupedChoices } from '../library/song-choices.ts';
import { PlanFields } from '../sessions/plan-fields.tsx';
import { useTemplates } from '../templates/use-templates.ts';
import { refusalWords } from './outbox-words.ts';
import { useOutboxDeeds } from './use-outbox-deeds.ts';
import { useOutbox } from './use-outbox.ts';
import './outbox.css';

const words = en.outbox.prepared;

type Prepared = Extract<OutboxItem, { kind: 'session' }>;

interface PartProps {
  plan: SessionPlan;
  isFrozen: boolean;
  onChange: (change: Partial<SessionPlan>) => void;
}

interface ListedProps {
  title: string;
  empty: string;
  rows: readonly { id: string; content: ReactNode; removal: string }[];
  isFrozen: boolean;
  onRemove: (id: string) => void;
  children: ReactNode;
}

function Listed({ title, empty, rows, isFrozen, onRemove, children }: ListedProps): ReactElement {
  const headingId = useId();
  return (
    <section className="card prepared-part" aria-labelledby={headingId}>
      <h2 className="card-title" id={headingId}>
        {title}
      </h2>
      {rows.length === 0 && <p className="cm-muted">{empty}</p>}
      <ul aria-labelledby={headingId}>
        {rows.map(({ id, content, removal }) => (
          <li key={id} className="prepared-row">
            <span className="cm-grow cm-ellipsis">{content}</span>
            {!isFrozen && (
              <ActionIcon variant="subtle" color="gray" aria-label={removal} onClick={() => onRemove(id)}>
                <X size={16} aria-hidden="true" />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {!isFrozen && children}
    </section>
  );
}

function PlannedSongs({ plan, isFrozen, onChange }: PartProps): ReactElement {
  const library = useLibrary().data ?? [];
  const setlists = useSetlists().data ?? [];
  const isNew = (id: string): boolean => !plan.song_ids.includes(id);
  const addable = setlists.filter(({ song_ids }) => song_ids.some(isNew));
  const titleOf = (id: string): string | null => {
    const song = library.find((each) => each.id === id);
    return song === undefined ? null : song.title === '' ? en.library.untitled : song.title;
  };
  const rows = plan.song_ids.map((id) => {
    const title = titleOf(id);
    const content = title === null ? <span className="cm-muted">{words.goneSong}</span> : <Link to={`/song/${id}`}>{title}</Link>;
    return { id, content, removal: words.removeSong(title ?? words.goneSong) };
  });
  return (
    <Listed
      title={words.songs}
      empty={words.noSongs}
      rows={rows}
      isFrozen={isFrozen}
      onRemove={(removed) => onChange({ song_ids: plan.song_ids.filter((id) => id !== removed) })}
    >
      <NativeSelect
        label={words.addSong}
        value=""
        data={[
          { value: '', label: words.chooseSong },
          ...groupedChoices(
            library.filter(({ id }) => isNew(id)),
            addable,
          ),
        ]}
        onChange={({ currentTarget: { value } }) => {
          const added = setlists.find(({ id }) => id === value)?.song_ids.filter(isNew) ?? [value];
          if (value !== '') onChange({ song_ids: [...plan.song_ids, ...added] });
        }}
      />
    </Listed>
  );
}

function PlannedInvitations({ plan, isFrozen, onChange }: PartProps): ReactElement {
  const template = useTemplates().find(({ id }) => id === plan.template_id);
  const [email, setEmail] = useState('');
  const [chosen, choose] = useState<string | null>(null);
  const [isBad, setBad] = useState(false);
  const role = givenRoleSchema.catch('editor').parse(chosen ?? template?.default_role);
  const labelOf = (each: typeof role): string => template?.role_labels[each] ?? each;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const read = emailSchema.safeParse(email.trim());
    setBad(!read.success);
    if (!read.success) return;
    const others = plan.invitations.filter((each) => each.email !== read.data);
    onChange({ invitations: [...others, { email: read.data, role }] });
    setEmail('');
  };
  return (
    <Listed
      title={words.invitations}
      empty={words.noInvitations}
      rows={plan.invitations.map((each) => ({
        id: each.email,
        content: `${each.email} · ${labelOf(each.role)}`,
        removal: words.uninvite(each.email),
      }))}
      isFrozen={isFrozen}
      onRemove={(removed) => onChange({ invitations: plan.invitations.filter((each) => each.email !== removed) })}
    >
      <form onSubmit={onSubmit} noValidate className="prepared-invite">
        <TextInput
          className="cm-grow"
          label={words.email}
          value={email}
          inputMode="email"
          autoComplete="off"
          spellCheck={false}
          maxLength={254}
          error={isBad ? words.badEmail : null}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
            setBad(false);
          }}
        />
        <NativeSelect
          label={words.role}
          value={role}
          data={givenRoleSchema.options.map((each) => ({ value: each, label: labelOf(each) }))}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {words.invite}
        </Button>
      </form>
    </Listed>
  );
}

function PreparedSession({ item }: { item: Prepared }): ReactElement {
  const navigate = useNavigate();
  const deeds = useOutboxDeeds();
  const { plan } = item;
  const isSending = item.state === 'sending';
  // Who is invited is sent after it.
  const isFrozen = isSending || item.is_sent;
  const onChange = (part: Partial<SessionPlan>): void => deeds.change(item.id, { ...plan, ...part });
  return (
    <Page title={plan.name} lead={isFrozen ? words.frozen : words.lead}>
      <output className="quiet-bar">
        <span className="cm-grow">{item.refusal === null ? words.mark : refusalWords(item.refusal)}</span>
        {item.refusal !== null && (
          <Button size="compact-sm" variant="default" onClick={() => deeds.again(item)}>
            {en.outbox.again}
          </Button>
        )}
        <Link to="/waiting">{en.outbox.show}</Link>
      </output>
      <div className="prepared">
        <fieldset className="card prepared-part" disabled={isFrozen} aria-label={words.label}>
          <PlanFields plan={plan} onChange={onChange} />
        </fieldset>
        <PlannedSongs plan={plan} isFrozen={isFrozen} onChange={onChange} />
        <PlannedInvitations plan={plan} isFrozen={isSending} onChange={onChange} />
      </div>
      <div className="prepared-ways">
        <Link to="/sessions" className="text-link">
          {words.back}
        </Link>
        <span className="cm-grow" />
        <Button variant="subtle" color="red.9" onClick={() => deeds.drop(item, () => void navigate('/sessions'))}>
          {words.remove}
        </Button>
      </div>
    </Page>
  );
}

/** `/sessions/prepared/:id`: a session that is not made yet, whole and open to every change. */
export function PreparedPage(): ReactElement {
  const { id } = useParams();
  const outbox = useOutbox();
  const item = outbox.data?.items.find((each): each is Prepared => each.kind === 'session' && each.id === id);
  if (item !== undefined) return <PreparedSession key={item.id} item={item} />;
  // It was made or taken away: the sessions know.
  return outbox.isSuccess && !outbox.isFetching ? <Navigate to="/sessions" replace /> : <Page title={words.label}>{null}</Page>;
}

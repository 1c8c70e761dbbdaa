import { operations } from '../../../shared/api/operations.ts';
import { Fault } from '../../../shared/base/errors.ts';
import type { OutboxItem } from '../../../shared/ipc/outbox.ts';
import type { CoreHandlers } from '../answer-call.ts';
import type { KnownSessions, KnownSessionsOwner } from '../sessions/known-sessions.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxRow, OutboxStore } from './outbox-store.ts';
import type { UnsentChanges } from './unsent-changes.ts';

type OutboxHandlers = Pick<CoreHandlers, Extract<keyof CoreHandlers, `outbox.${string}`>>;

interface OutboxCallsParts {
  outbox: Outbox;
  store: Pick<OutboxStore, 'countBesides'>;
  unsent: UnsentChanges;
  known: Pick<KnownSessions, 'list'>;
  /** Null: nobody is signed in. */
  owner: () => KnownSessionsOwner | null;
  changed: () => void;
}

/** The outbox as the interface sees it. */
export function createOutboxCalls({ outbox, store, unsent, known, owner, changed }: OutboxCallsParts): OutboxHandlers {
  const show = (row: OutboxRow, nameOf: (sessionId: string) => string): OutboxItem => {
    const { id, work, refusal, sent } = row;
    const isSending = outbox.isSending(id);
    const common = {
      id,
      created_at: new Date(row.created_at).toISOString(),
      state: isSending ? ('sending' as const) : refusal === null ? ('waiting' as const) : ('refused' as const),
      refusal,
      is_sent: sent !== null && refusal === null,
    };
    if (work.kind === 'session') return { kind: 'session', ...common, plan: work.plan };
    const { operation, input, about } = work;
    const isOfSession = operations[operation].path.startsWith('/sessions/:id');
    const sessionId = isOfSession ? String(input['id']) : null;
    return {
      kind: 'request',
      ...common,
      operation,
      session_id: sessionId,
      session_name: sessionId === null ? '' : nameOf(sessionId),
      about,
    };
  };

  return {
    'outbox.list': () => {
      const now = owner();
      const names = new Map(now === null ? [] : known.list(now).map(({ id, name }) => [id, name]));
      const nameOf = (sessionId: string): string => names.get(sessionId) ?? '';
      return {
        items: outbox.rows().map((row) => show(row, nameOf)),
        unsent: now === null ? [] : unsent.list(now).map((each) => ({ ...each, session_name: nameOf(each.session_id) })),
        elsewhere_count: store.countBesides(now),
      };
    },
    'outbox.send': ({ operation, input, about }) => {
      const parsed = operations[operation].input.safeParse(input);
      if (!parsed.success) {
        const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
        throw new Fault('bad-request', undefined, errors);
      }
      return outbox.put({ kind: 'request', operation, input: parsed.data, about });
    },
    'outbox.prepare': ({ plan }) => outbox.put({ kind: 'session', plan }),
    'outbox.change': ({ id, plan }) => {
      outbox.change(id, plan);
      return null;
    },
    'outbox.again': ({ id }) => {
      outbox.again(id);
      return null;
    },
    'outbox.drop': ({ id }) => {
      outbox.drop(id);
      return null;
    },
    'outbox.note_unsent': ({ session_id, change_count }) => {
      const now = owner();
      if (now === null) throw new Fault('unauthorized');
      if (unsent.note(now, session_id, change_count)) changed();
      return null;
    },
  };
}

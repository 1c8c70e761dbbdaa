import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { MessageSquare, MessageSquareQuote, Send, Tag, X } from 'lucide-react';
import { useRef, type ReactElement } from 'react';
import type { UnsaidWords } from '../../../shared/ledger/unsaid-words.ts';
import { toFault } from '../../app/queries.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { sayDone, sayFault, sayUndoable } from '../../ui/notices.tsx';
import { When } from '../../ui/when.tsx';
import { shortQuote } from '../session/comment-words.ts';

const words = en.drafts.unsaid;
const icons = { chat: MessageSquare, comment: MessageSquareQuote, marker: Tag } as const;

function textOf(unsaid: UnsaidWords): string {
  return unsaid.kind === 'marker' ? unsaid.words.name : unsaid.words.text;
}

function kindOf(unsaid: UnsaidWords): string {
  if (unsaid.kind === 'marker') return words.kinds.marker;
  if (unsaid.kind === 'chat') return unsaid.words.reply_to === null ? words.kinds.message : words.kinds.answer;
  if (unsaid.words.type === 'edit') return words.kinds.edit;
  return unsaid.words.anchor === null ? words.kinds.reply : words.kinds.comment(shortQuote(unsaid.words.anchor.quote));
}

function UnsaidItem({ live, unsaid, mayWrite }: { live: LiveSession; unsaid: UnsaidWords; mayWrite: boolean }): ReactElement {
  const shown = useRef<HTMLParagraphElement>(null);
  const desk = live.drafts.unsaid;
  const text = textOf(unsaid);
  const name = shortQuote(text);
  const Icon = icons[unsaid.kind];
  const canSay = desk.canSayAgain(unsaid);
  const sayAgain = (): void => {
    try {
      desk.sayAgain(unsaid);
      sayDone(words.said);
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  return (
    <li className="unsaid-item">
      <Icon size={16} aria-hidden="true" />
      <div className="cm-grow">
        <p className="cm-muted cm-small">
          {kindOf(unsaid)}, <When at={new Date(unsaid.at).toISOString()} />
        </p>
        <p className="unsaid-text" dir="auto" ref={shown}>
          {text}
        </p>
        {mayWrite && !canSay && <p className="cm-muted cm-small">{words.cannot}</p>}
      </div>
      {canSay && (
        <Button size="xs" leftSection={<Send size={14} aria-hidden="true" />} aria-label={words.sayAgainName(name)} onClick={sayAgain}>
          {words.sayAgain}
        </Button>
      )}
      <CopyButton text={text} label={words.copy(name)} shown={shown} />
      <Tooltip label={words.dismiss} withinPortal>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={words.dismissName(name)}
          onClick={() => sayUndoable(words.dismissed, desk.putAway(unsaid))}
        >
          <X size={16} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

interface UnsaidViewProps {
  live: LiveSession;
  list: readonly UnsaidWords[];
  /** Whether this person may say something now at all. */
  mayWrite: boolean;
}

/** One's own messages, comments and marks that nobody else sees. */
export function UnsaidView({ live, list, mayWrite }: UnsaidViewProps): ReactElement {
  return (
    <article className="draft-view unsaid-view" aria-label={words.title}>
      <header className="draft-head">
        <div className="cm-grow">
          <h2>{words.title}</h2>
          <p className="cm-muted cm-small">{words.lead}</p>
        </div>
      </header>
      <ul className="unsaid-list">
        {list.map((unsaid) => (
          <UnsaidItem key={unsaid.hash} live={live} unsaid={unsaid} mayWrite={mayWrite} />
        ))}
      </ul>
    </article>
  );
}

import { Button, Popover } from '@mantine/core';
import { Check, Copy, UserPlus } from 'lucide-react';
import { useRef, useState, type ReactElement } from 'react';
import { en } from '../../text/en.ts';

function JoinCode({ code }: { code: string }): ReactElement {
  const shown = useRef<HTMLParagraphElement>(null);
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(code);
      setOutcome('copied');
    } catch {
      // The browser may refuse; then the code lies selected, ready for Ctrl C.
      if (shown.current !== null) globalThis.getSelection()?.selectAllChildren(shown.current);
      setOutcome('refused');
    }
  };
  return (
    <>
      <p className="cm-muted">{en.session.shareLead}</p>
      <p className="share-code" ref={shown}>
        {code}
      </p>
      <Button
        fullWidth
        leftSection={outcome === 'copied' ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
        onClick={() => void copy()}
      >
        {en.session.copyCode}
      </Button>
      <output className="cm-small cm-muted">
        {outcome === 'copied' ? en.session.copied : outcome === 'refused' ? en.session.copyFailed : ''}
      </output>
    </>
  );
}

/** How others come in. */
export function SharePopover({ joinCode }: { joinCode: string | null }): ReactElement {
  return (
    <Popover position="bottom-end" width={280} trapFocus shadow="md">
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<UserPlus size={15} aria-hidden="true" />}>
          {en.session.share}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={en.session.shareTitle} className="share">
        <h2 className="card-title">{en.session.shareTitle}</h2>
        {joinCode === null ? <p className="cm-muted">{en.session.shareNone}</p> : <JoinCode code={joinCode} />}
      </Popover.Dropdown>
    </Popover>
  );
}

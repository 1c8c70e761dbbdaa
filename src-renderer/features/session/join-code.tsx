import { ActionIcon, Tooltip } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useRef, useState, type ReactElement } from 'react';
import { en } from '../../text/en.ts';

/** The code that brings others in, always in sight of those who may give it out; one press copies it. */
export function JoinCode({ code }: { code: string }): ReactElement {
  const shown = useRef<HTMLElement>(null);
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
  const words = { none: '', copied: en.session.copied, refused: en.session.copyFailed }[outcome];
  return (
    <div className="join-code">
      <span className="cm-muted cm-small">{en.session.code}</span>
      <code className="join-code-letters" ref={shown}>
        {code}
      </code>
      <Tooltip label={words === '' ? en.session.copyCode : words} {...(outcome === 'none' ? {} : { opened: true })} withinPortal>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={en.session.copyCode}
          onClick={() => void copy()}
          onBlur={() => setOutcome('none')}
          onMouseLeave={() => setOutcome('none')}
        >
          {outcome === 'copied' ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
        </ActionIcon>
      </Tooltip>
      <output className="cm-hidden">{words}</output>
    </div>
  );
}

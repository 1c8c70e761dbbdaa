import { ActionIcon, Tooltip } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import type { ReactElement, RefObject } from 'react';
import { en } from '../text/en.ts';
import { useCopy } from './use-copy.ts';

interface CopyButtonProps {
  text: string;
  /** What it does, with the name of what it copies. */
  label: string;
  /** Where the text stands on the screen: selected there when copying is not permitted. */
  shown: RefObject<HTMLElement | null>;
}

/** One press copies; what came of it is said beside it and to screen readers. */
export function CopyButton({ text, label, shown }: CopyButtonProps): ReactElement {
  const { outcome, copy, forget } = useCopy(shown);
  const words = { none: '', copied: en.session.copied, refused: en.session.copyFailed }[outcome];
  return (
    <>
      <Tooltip label={words === '' ? label : words} {...(outcome === 'none' ? {} : { opened: true })} withinPortal>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={label}
          onClick={() => void copy(text)}
          onBlur={forget}
          onMouseLeave={forget}
        >
          {outcome === 'copied' ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
        </ActionIcon>
      </Tooltip>
      <output className="cm-hidden">{words}</output>
    </>
  );
}

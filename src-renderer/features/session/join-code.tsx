import { useRef, type ReactElement } from 'react';
import { en } from '../../text/en.ts';
import { CopyButton } from '../../ui/copy-button.tsx';

/** The code that brings others in, always in sight of those who may give it out; one press copies it. */
export function JoinCode({ code }: { code: string }): ReactElement {
  const shown = useRef<HTMLElement>(null);
  return (
    <div className="join-code">
      <span className="cm-muted cm-small">{en.session.code}</span>
      <code className="join-code-letters" ref={shown}>
        {code}
      </code>
      <CopyButton text={code} label={en.session.copyCode} shown={shown} />
    </div>
  );
}

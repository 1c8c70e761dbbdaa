import { Button } from '@mantine/core';
import { ShieldAlert } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Trouble } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';

const words = en.troubles;

function wordsOf(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'two-histories':
      return words.twoHistories;
    case 'rejected-server':
      return words.rejectedServer;
    case 'unproved':
      return words.unproved;
    case 'rejected':
      return trouble.is_own ? words.ownRejected : words.rejected(trouble.name);
    case 'fork':
      return trouble.is_own ? words.ownFork : words.fork(trouble.name);
  }
}

/** Quiet lines about what went wrong between the programs; who has read one puts it away. */
export function TroubleNotice({ troubles }: { troubles: readonly Trouble[] }): ReactElement | null {
  const [read, setRead] = useState<readonly string[]>([]);
  const open = troubles.map(wordsOf).filter((text) => !read.includes(text));
  return (
    <>
      {open.map((text) => (
        <div key={text} className="session-status session-notice">
          <ShieldAlert size={15} aria-hidden="true" />
          <output className="cm-grow">{text}</output>
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setRead([...read, text])}>
            {words.read}
          </Button>
        </div>
      ))}
    </>
  );
}

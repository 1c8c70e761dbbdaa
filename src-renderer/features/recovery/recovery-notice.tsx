import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FileWarning } from 'lucide-react';
import type { ReactElement } from 'react';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { sayFault } from '../../ui/notices.tsx';
import './recovery-notice.css';

/** The library's file was damaged and replaced: told on every page of the rail until it was read. */
export function RecoveryNotice(): ReactElement | null {
  const bridge = useBridge();
  const client = useQueryClient();
  const { data: recovery } = useQuery({ queryKey: keys.recovery, queryFn: () => ask(bridge, 'app.recovery', {}), staleTime: Infinity });
  if (recovery === undefined || recovery === null) return null;
  const putAway = async (): Promise<void> => {
    try {
      await ask(bridge, 'app.recovery_read', {});
      client.setQueryData(keys.recovery, null);
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  const isWhole = recovery.incomplete.length === 0;
  return (
    <section className="recovery-notice" aria-label={en.recovery.title}>
      <FileWarning size={20} aria-hidden="true" className="recovery-notice-icon" />
      <div className="cm-grow">
        <p className="recovery-notice-title">{en.recovery.title}</p>
        <p>
          {en.recovery.saved(recovery.song_count, recovery.session_count)}{' '}
          {isWhole ? en.recovery.whole : en.recovery.missing(recovery.incomplete)}
        </p>
        <p>
          {en.recovery.kept} <code className="recovery-notice-file">{recovery.kept_file}</code>
        </p>
      </div>
      <Button variant="default" size="xs" onClick={() => void putAway()}>
        {en.recovery.read}
      </Button>
    </section>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { sayFault } from '../../ui/notices.tsx';
import { importSongFiles, type ImportReport } from './song-files.ts';

export interface Import {
  /** Null while none runs. */
  progress: { done: number; all: number } | null;
  report: ImportReport | null;
  start: (files: readonly File[]) => void;
  dismiss: () => void;
}

/** One import at a time, with its progress and its report. */
export function useImport(): Import {
  const bridge = useBridge();
  const client = useQueryClient();
  const [progress, setProgress] = useState<Import['progress']>(null);
  const [report, setReport] = useState<ImportReport | null>(null);

  const run = async (files: readonly File[]): Promise<void> => {
    setReport(null);
    setProgress({ done: 0, all: files.length });
    try {
      setReport(await importSongFiles(bridge, files, (done) => setProgress({ done, all: files.length })));
    } catch (error) {
      sayFault(toFault(error));
    } finally {
      setProgress(null);
      await client.invalidateQueries({ queryKey: keys.library });
    }
  };
  return {
    progress,
    report,
    start: (files) => {
      if (files.length > 0 && progress === null) void run(files);
    },
    dismiss: () => setReport(null),
  };
}

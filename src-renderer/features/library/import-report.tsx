import { CloseButton, Progress } from '@mantine/core';
import type { ReactElement } from 'react';
import { en } from '../../text/en.ts';
import type { Import } from './use-import.ts';

/** How an import goes and went; what could not be read is named file by file. */
export function ImportReportCard({ songImport }: { songImport: Import }): ReactElement {
  const { progress, report } = songImport;
  return (
    <section aria-live="polite" aria-label={en.library.import}>
      {progress !== null && (
        <div className="card import-report">
          <p>{en.library.importing(progress.done, progress.all)}</p>
          <Progress value={(100 * progress.done) / progress.all} size="sm" aria-label={en.library.import} />
        </div>
      )}
      {report !== null && (
        <div className="card import-report">
          <div className="cm-row">
            <p className="cm-grow">{report.songs.length === 0 ? en.library.importedNone : en.library.imported(report.songs.length)}</p>
            <CloseButton aria-label={en.app.close} onClick={songImport.dismiss} />
          </div>
          {report.problems.length > 0 && (
            <>
              <p>{en.library.problems(report.problems.length)}</p>
              <ul className="import-problems">
                {report.problems.map((problem) => (
                  <li key={`${problem.file} ${problem.message}`}>
                    <strong>{problem.file}</strong> <span className="cm-muted">{problem.message}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </section>
  );
}

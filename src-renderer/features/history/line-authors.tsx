import type { ReactElement } from 'react';
import type { HistoryLine } from '../../../shared/ledger/song-history.ts';
import { en } from '../../text/en.ts';
import { colorOf, momentOf, nameOf, type People } from './version-names.ts';

const words = en.songHistory;

/** Each line of the song as it is now, with whose words are in it and when they last wrote there: by signed entries. */
export function LineAuthors({ lines, people }: { lines: readonly HistoryLine[]; people: People }): ReactElement {
  return (
    // Scrolled by keys as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="history-lines" aria-label={words.lines} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.line}</th>
            <th scope="col">{words.who}</th>
            <th scope="col">{words.when}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ text, authors }, at) => (
            // A line has no name but its place.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={at}>
              <td className="history-source" dir="auto">
                {text}
              </td>
              <td>
                {authors.map(({ user_id }) => (
                  <span key={user_id ?? ''} className="history-author" style={{ borderColor: colorOf(user_id, people) }}>
                    {nameOf(user_id, people)}
                  </span>
                ))}
              </td>
              <td className="cm-muted cm-small">
                {authors[0] === undefined ? '' : authors[0].atMs === null ? words.before : momentOf(authors[0].atMs)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

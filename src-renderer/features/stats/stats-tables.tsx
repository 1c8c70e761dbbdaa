import { useId, type ReactElement } from 'react';
import type { SessionStats } from '../../../shared/session/history-schemas.ts';
import { en } from '../../text/en.ts';

const words = en.stats;

/** The whole in some numbers. */
export function Totals({ stats }: { stats: SessionStats }): ReactElement {
  const facts: readonly (readonly [string, string])[] = [
    [words.edits, String(stats.edits)],
    [words.comments, String(stats.comments)],
    [words.messages, String(stats.messages)],
    [words.peak, String(stats.peak_peers)],
    [words.size, words.bytes(stats.bytes)],
  ];
  return (
    <dl className="totals">
      {facts.map(([name, value]) => (
        <div key={name} className="card total">
          <dt className="cm-muted cm-small">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What each one did, most first. */
export function PeopleTable({ participants }: Pick<SessionStats, 'participants'>): ReactElement {
  const headingId = useId();
  const rows = participants.toSorted((a, b) => b.edits - a.edits || b.seconds_present - a.seconds_present);
  return (
    <section className="card around-card" aria-labelledby={headingId}>
      <h2 className="card-title" id={headingId}>
        {words.people}
      </h2>
      <div className="permission-scroll">
        <table className="stats-table">
          <thead>
            <tr>
              {[words.person, words.edits, words.comments, words.messages, words.time].map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ user, edits, comments, messages, seconds_present }) => (
              <tr key={user.id}>
                <th scope="row">{user.name === '' ? words.somebody : user.name}</th>
                <td>{edits}</td>
                <td>{comments}</td>
                <td>{messages}</td>
                <td>{words.duration(seconds_present)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface SectionsTableProps extends Pick<SessionStats, 'sections'> {
  /** What a song is called; empty where it is not known any more. */
  titleOf: (songId: string) => string;
}

/** Which parts of which songs were worked on, most first. */
export function SectionsTable({ sections, titleOf }: SectionsTableProps): ReactElement {
  const headingId = useId();
  const most = Math.max(1, ...sections.map(({ edits }) => edits));
  return (
    <section className="card around-card" aria-labelledby={headingId}>
      <h2 className="card-title" id={headingId}>
        {words.sections}
      </h2>
      <table className="stats-table">
        <thead>
          <tr>
            {[words.song, words.section, words.edits].map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sections.map(({ song_id, section, edits }) => (
            <tr key={`${song_id} ${section}`}>
              <th scope="row">{titleOf(song_id) === '' ? en.library.untitled : titleOf(song_id)}</th>
              <td>{section === '' ? words.above : section}</td>
              <td>
                <span className="section-bar" style={{ width: `${String(Math.round((edits / most) * 60))}%` }} aria-hidden="true" /> {edits}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

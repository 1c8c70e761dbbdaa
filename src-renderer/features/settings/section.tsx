import type { ReactElement, ReactNode } from 'react';
import './settings.css';

/** One matter of a settings page: its name beside it, or above it where there is no room. */
export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }): ReactElement {
  return (
    <section id={id} className="settings-section" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="card-title">
        {title}
      </h2>
      <div className="settings-body">{children}</div>
    </section>
  );
}

import { useEffect, type ReactElement, type ReactNode } from 'react';
import { en } from '../text/en.ts';
import './ui.css';

interface PageProps {
  title: string;
  lead?: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** The window's title follows the place, for the task bar and for screen readers. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${en.app.name}`;
  }, [title]);
}

/** A place of the first level: a heading, what one can do, and the content in a readable width. */
export function Page({ title, lead, actions, children }: PageProps): ReactElement {
  useTitle(title);
  return (
    <div className="page">
      <header className="page-head">
        <div className="cm-grow">
          <h1>{title}</h1>
          {lead !== undefined && <p className="cm-muted">{lead}</p>}
        </div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

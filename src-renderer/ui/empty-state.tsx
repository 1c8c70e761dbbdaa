import type { ReactElement, ReactNode } from 'react';
import './ui.css';

interface EmptyStateProps {
  title: string;
  body?: string;
  icon?: ReactNode;
  children?: ReactNode;
}

/** One sentence, one way on. */
export function EmptyState({ title, body, icon, children }: EmptyStateProps): ReactElement {
  return (
    <div className="empty-state">
      {icon !== undefined && (
        <div className="empty-state-icon" aria-hidden="true">
          {icon}
        </div>
      )}
      <h2>{title}</h2>
      {body !== undefined && <p className="cm-muted">{body}</p>}
      {children !== undefined && <div className="empty-state-actions">{children}</div>}
    </div>
  );
}

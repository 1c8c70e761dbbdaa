import { useId, type ReactElement, type ReactNode } from 'react';

/** A heading beside its fields. */
export function SettingsSection({ title, children }: { title: string; children: ReactNode }): ReactElement {
  const id = useId();
  return (
    <section className="session-settings-section" aria-labelledby={id}>
      <h2 className="card-title" id={id}>
        {title}
      </h2>
      <div className="session-settings-fields">{children}</div>
    </section>
  );
}

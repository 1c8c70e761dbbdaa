import { useId, type ReactElement } from 'react';
import type { Health } from '../../../shared/session/history-schemas.ts';
import { en } from '../../text/en.ts';

const words = en.stats;
const names = ['participation', 'recency', 'duration', 'continuity'] as const;

function Factor({ name, factor }: { name: (typeof names)[number]; factor: Health['factors'][keyof Health['factors']] }): ReactElement {
  const id = useId();
  return (
    <li className="factor">
      <span className="factor-name" id={id}>
        {words.factors[name]}
      </span>
      <meter min={0} max={factor.max} value={factor.points} aria-labelledby={id}>
        {words.points(factor.points, factor.max)}
      </meter>
      <span className="factor-points cm-muted">{words.points(factor.points, factor.max)}</span>
      <span className="factor-why cm-muted cm-small">{words.why[name](factor.value)}</span>
    </li>
  );
}

/** How alive a session is, and what each point was given for. */
export function HealthView({ health }: { health: Health }): ReactElement {
  const headingId = useId();
  return (
    <section className="card around-card" aria-labelledby={headingId}>
      <h2 className="card-title" id={headingId}>
        {words.health}
      </h2>
      <p className="health-score">
        <strong>{words.levels[health.level]}</strong> <span className="cm-muted">{words.score(health.score)}</span>
      </p>
      <ul className="factors">
        {names.map((name) => (
          <Factor key={name} name={name} factor={health.factors[name]} />
        ))}
      </ul>
    </section>
  );
}

import { useId, type ReactElement } from 'react';
import { participantColors } from '../../../shared/session/schemas.ts';
import type { TemplateValues } from '../../../shared/session/templates.ts';
import { en } from '../../text/en.ts';
import { PersonBadge } from '../../ui/person-badge.tsx';
import { roleStories, templateStory } from './template-story.ts';

const words = en.templates.preview;

/** What a session of a template will be like: who is in it, what each may, what becomes of it. */
export function TemplatePreview({ values }: { values: TemplateValues }): ReactElement {
  const titleId = useId();
  return (
    <section className="card template-preview" aria-labelledby={titleId}>
      <h2 id={titleId} className="card-title">
        {words.title}
      </h2>
      <ul className="template-people">
        {roleStories(values).map(({ role, label, may, isNewcomer }, at) => (
          <li key={role}>
            <PersonBadge name={label} color={participantColors[at] ?? participantColors[0]} size={32} />
            <div className="cm-grow">
              <p>
                <strong>{label}</strong> {isNewcomer && <span className="template-mark">{words.newcomer}</span>}
              </p>
              <p className="cm-small cm-muted">{may}</p>
            </div>
          </li>
        ))}
      </ul>
      <ul className="template-story">
        {templateStory(values).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

import { lazy, Suspense, use, type ReactElement } from 'react';
import { readDefinition } from '../../../../shared/music/read-definition.ts';
import { DiagramContext } from './diagram-choice.ts';
import { definedVoicing } from './voicings.ts';

const FretDiagram = lazy(async () => ({ default: (await import('./fret-diagram.tsx')).FretDiagram }));

/** The grip of a {chord}, where it stands. */
export function ChordInPlace({ value }: { value: string }): ReactElement | null {
  const choice = use(DiagramContext);
  const definition = choice === null ? null : readDefinition(value, false);
  if (choice === null || definition === null) return null;
  const voicing = definedVoicing([definition], definition.name, choice.strings);
  if (voicing === null) return null;
  return (
    <div className="chart-diagram-in-place">
      <Suspense fallback={null}>
        <FretDiagram name={definition.shown} voicing={voicing} isLeftHanded={choice.isLeftHanded} colour={definition.colour} />
      </Suspense>
    </div>
  );
}

import { lazy, Suspense, use, type ReactElement } from 'react';
import { DiagramsToCome } from './diagrams-to-come.tsx';
import { DiagramContext } from './diagram-choice.ts';

const GripInPlace = lazy(() => import('./grip-in-place.tsx'));

/** The grip of a {chord}, where it stands. */
export function ChordInPlace({ value }: { value: string }): ReactElement | null {
  const choice = use(DiagramContext);
  if (choice === null) return null;
  return (
    <Suspense fallback={<DiagramsToCome />}>
      <GripInPlace value={value} choice={choice} />
    </Suspense>
  );
}

import type { ReactElement } from 'react';
import type { ChordDefinition } from '../../../../shared/music/chart-model.ts';
import { readChord } from '../../../../shared/music/read-chord.ts';
import { readDefinition } from '../../../../shared/music/read-definition.ts';
import { chartText } from '../chart-text.ts';
import { DiagramsToCome } from './diagrams-to-come.tsx';
import type { DiagramChoice } from './diagram-choice.ts';
import { FretDiagram } from './fret-diagram.tsx';
import { PianoDiagram, pianoTones } from './piano-diagram.tsx';
import { useVoicingTable } from './voicing-table.ts';
import { definedKeys, definedVoicing, findVoicing, type VoicingTable } from './voicings.ts';

interface GripInPlaceProps {
  value: string;
  choice: DiagramChoice;
}

/** Its own grip, else the one that the song defines for the name, else the usual one, as for any chord of the song. */
export default function GripInPlace({ value, choice }: GripInPlaceProps): ReactElement | null {
  const table = useVoicingTable(choice.instrument);
  const definition = readDefinition(value, false);
  if (definition === null) return null;
  if (choice.instrument !== 'piano' && table === null) return <DiagramsToCome />;
  const drawn = drawing(definition, choice, table);
  return (
    <div className="chart-diagram-in-place">
      {drawn ?? <p className="chart-diagrams-missing">{chartText.noDiagram(definition.shown)}</p>}
    </div>
  );
}

function drawing(definition: ChordDefinition, choice: DiagramChoice, table: VoicingTable | null): ReactElement | null {
  const { name, shown, colour } = definition;
  const known = [...choice.definitions, definition];
  const chord = readChord(definition.copy ?? name, choice.system);
  if (table === null) {
    const keys = definedKeys(known, name);
    if (chord === null || pianoTones(chord, keys) === null) return null;
    return <PianoDiagram name={shown} chord={chord} keys={keys} colour={colour} />;
  }
  const voicing = definedVoicing(known, name, table.main.strings) ?? (chord === null ? null : findVoicing(table, chord));
  return voicing === null ? null : <FretDiagram name={shown} voicing={voicing} isLeftHanded={choice.isLeftHanded} colour={colour} />;
}

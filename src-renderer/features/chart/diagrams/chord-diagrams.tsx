import type { ReactElement } from 'react';
import type { Chart } from '../../../../shared/music/chart-model.ts';
import { readChord } from '../../../../shared/music/read-chord.ts';
import { chartText } from '../chart-text.ts';
import { grippedChords, songFacts } from '../view/personal-chords.ts';
import type { ViewSettings } from '../view-settings.ts';
import { DiagramsToCome } from './diagrams-to-come.tsx';
import { FretDiagram } from './fret-diagram.tsx';
import { PianoDiagram, pianoTones } from './piano-diagram.tsx';
import { useVoicingTable } from './voicing-table.ts';
import { copiedChord, definedKeys, definedVoicing, diagramColour, findVoicing, isDrawn } from './voicings.ts';

export interface ChordDiagramsProps {
  chart: Chart;
  settings: ViewSettings;
}

/** The chords of the song as this person grips them, behind their own capo. */
export default function ChordDiagrams({ chart, settings }: ChordDiagramsProps): ReactElement | null {
  const table = useVoicingTable(settings.diagrams);
  const facts = songFacts(chart);
  const isPiano = settings.diagrams === 'piano';
  const drawn: ReactElement[] = [];
  const missing: string[] = [];
  for (const { written, gripped, shown } of grippedChords(chart, facts, settings)) {
    if (!isDrawn(chart.definitions, written)) continue;
    // What a song defines counts for the chord as it is written there.
    const definitions = gripped === written ? chart.definitions : [];
    const chord = readChord(copiedChord(definitions, written) ?? gripped, facts.notation.system);
    const colour = diagramColour(definitions, written);
    const keys = definedKeys(definitions, written);
    if (isPiano) {
      if (chord !== null && chord.root === null) continue;
      if (chord === null || pianoTones(chord, keys) === null) missing.push(shown);
      else drawn.push(<PianoDiagram key={gripped} name={shown} chord={chord} keys={keys} colour={colour} />);
      continue;
    }
    if (table === null) return <DiagramsToCome />;
    const own = definedVoicing(definitions, written, table.main.strings);
    if (own === null && !chord?.root) continue;
    const voicing = own ?? (chord === null ? null : findVoicing(table, chord));
    if (voicing === null) missing.push(shown);
    else drawn.push(<FretDiagram key={gripped} name={shown} voicing={voicing} isLeftHanded={settings.is_left_handed} colour={colour} />);
  }
  if (drawn.length === 0 && missing.length === 0) return null;
  return (
    <div className="chart-diagrams">
      {drawn}
      {missing.length > 0 && <p className="chart-diagrams-missing">{chartText.noDiagram(missing.join(', '))}</p>}
    </div>
  );
}

import { useLayoutEffect, useRef, type ReactElement } from 'react';
import { SVGuitarChord, type Barre, type Finger } from 'svguitar';
import './diagrams.css';
import { cssRules } from '../../../../shared/music/style-css.ts';
import { voicingWords, type Voicing } from './voicings.ts';

export interface FretDiagramProps {
  name: string;
  voicing: Voicing;
  isLeftHanded: boolean;
  /** Of the drawing, where the song asks for one. */
  colour: string | null;
}

interface Drawing {
  fingers: Finger[];
  barres: Barre[];
}

/** Strings as svguitar counts them: 1 is the rightmost one. A left-handed neck is the mirror image. */
export function drawingOf({ frets, fingers, barres }: Voicing, isLeftHanded: boolean): Drawing {
  const count = frets.length;
  const place = (string: number): number => (isLeftHanded ? string + 1 : count - string);
  const drawn: Drawing = { fingers: [], barres: [] };
  for (const fret of barres) {
    const held = frets.flatMap((at, string) => (at === fret ? [place(string)] : []));
    const [from, to] = [Math.max(...held), Math.min(...held)];
    if (held.length > 1) drawn.barres.push({ fromString: from, toString: to, fret, color: 'currentColor' });
  }
  const isBarre = (fret: number): boolean => drawn.barres.some((barre) => barre.fret === fret);
  for (const [string, fret] of frets.entries()) {
    if (fret === null) drawn.fingers.push([place(string), 'x']);
    else if (fret === 0) drawn.fingers.push([place(string), 0]);
    else if (!isBarre(fret)) {
      const finger = fingers[string];
      drawn.fingers.push([place(string), fret, finger === undefined || finger === null || finger === 0 ? '' : String(finger)]);
    }
  }
  return drawn;
}

/** A grip on the neck. */
export function FretDiagram({ name, voicing, isLeftHanded, colour }: FretDiagramProps): ReactElement {
  const host = useRef<HTMLDivElement>(null);

  // Before it is painted, and before a sheet with it is printed.
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const { fingers, barres } = drawingOf(voicing, isLeftHanded);
    const highest = Math.max(4, ...voicing.frets.map((fret) => fret ?? 0));
    new SVGuitarChord(element)
      .configure({
        strings: voicing.frets.length,
        frets: highest,
        position: voicing.baseFret,
        color: 'currentColor',
        fingerTextColor: 'var(--chart-paper)',
        fingerTextSize: 30,
        fingerSize: 0.8,
        // Beside the neck as much room as the fret's number needs to be read; svguitar makes it smaller until it fits.
        fretLabelFontSize: 50,
        sidePadding: voicing.frets.length === 4 ? 0.28 : 0.22,
        fontFamily: 'inherit',
        noPosition: voicing.baseFret === 1,
        // Necks beside each other begin at the same height, with or without open strings; the title stands above the drawing.
        fixedDiagramPosition: true,
        titleFontSize: 1,
        titleBottomMargin: 0,
      })
      .chord({ fingers, barres })
      .draw();
    return () => element.replaceChildren();
  }, [voicing, isLeftHanded]);

  return (
    <figure className="chart-diagram">
      <figcaption>
        {name}
        <span className="chart-hidden">: {voicingWords(voicing)}</span>
      </figcaption>
      <div ref={host} aria-hidden="true" style={colour === null ? undefined : cssRules({ colour })} />
    </figure>
  );
}

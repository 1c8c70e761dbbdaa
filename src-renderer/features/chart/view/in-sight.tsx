import {
  createContext,
  use,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type ReactElement,
  type ReactNode,
  type RefObject,
} from 'react';
import { flushSync } from 'react-dom';

/** A part is drawn when it is nearer to the pane than so many times the pane's own height. */
const nearPanes = 0.5;

/** Which parts of a chart are near to what is in sight of the pane that it is scrolled in. */
export class Sight {
  readonly #pane: RefObject<Element | null>;
  readonly #parts = new Map<Element, (isNear: boolean) => void>();

  constructor(pane: RefObject<Element | null>) {
    this.#pane = pane;
  }

  /** @param tell asked to do nothing when it hears the same again */
  watch(part: Element, tell: (isNear: boolean) => void): () => void {
    this.#parts.set(part, tell);
    return () => void this.#parts.delete(part);
  }

  /** Reads the page, then tells all parts. */
  look(): void {
    if (this.#pane.current === null) return;
    const { top, bottom, height } = this.#pane.current.getBoundingClientRect();
    const margin = height * nearPanes;
    const seen = [...this.#parts].map(([part, tell]) => ({ tell, at: part.getBoundingClientRect() }));
    // One that shows nothing stays as it is: it takes no place.
    for (const { tell, at } of seen) if (at.height > 0) tell(at.bottom > top - margin && at.top < bottom + margin);
  }

  /** Looks before the next frame is seen whenever the pane is scrolled, or it or the chart becomes larger or smaller. */
  follow(): () => void {
    const pane = this.#pane.current;
    if (pane === null) return () => undefined;
    const look = (): void => flushSync(() => this.look());
    const observer = new ResizeObserver(look);
    for (const one of [pane, ...pane.children]) observer.observe(one);
    pane.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      pane.removeEventListener('scroll', look);
    };
  }
}

/** Where only what is near is drawn; null: everything is. */
export const SightContext = createContext<Sight | null>(null);

interface InSightProps {
  className: string;
  style: CSSProperties;
  children: () => ReactNode;
}

/** A part of a chart that takes its place at once, and is drawn when it is near to what is in sight. */
export function InSight({ className, style, children }: InSightProps): ReactElement {
  const sight = use(SightContext);
  const part = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  useLayoutEffect(() => (part.current === null ? undefined : sight?.watch(part.current, setNear)), [sight]);
  const isDrawn = sight === null || isNear;
  return (
    <div ref={part} className={isDrawn ? className : `${className} chart-undrawn`} style={style}>
      {isDrawn && children()}
    </div>
  );
}

/** Whoever opens something gives its end here; the ends run once, in reverse. */
export interface Life {
  own<T>(thing: T, end: (thing: T) => void | Promise<void>): T;
  /** Runs every end even when one throws; then throws the first error. */
  end(): Promise<void>;
}

export function createLife(): Life {
  const ends: (() => void | Promise<void>)[] = [];
  return {
    own: (thing, end) => {
      ends.push(() => end(thing));
      return thing;
    },
    end: async () => {
      const errors: unknown[] = [];
      for (let run = ends.pop(); run !== undefined; run = ends.pop()) {
        try {
          await run();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw errors[0];
    },
  };
}

import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';

/** Of lines out of sight, above and below together: more than a wheel turns in a frame. docs/decisions/0016. */
const marginPixels = 200;
const theirs = '1000 /* VP.Margin */';

/**
 * CodeMirror keeps 1,000 pixels of lines out of sight in the page, a constant that nothing sets. Each key pays for them: Chromium tells
 * all text of what is edited with each move of the caret, and styles, lays out and paints it. A jump in a recording draws them anew.
 */
function fewerLines(): Plugin {
  let isDone = false;
  const lost = 'CodeMirror tells its margin of lines in another way or place: fewer-lines has to follow, or to go.';
  return {
    name: 'fewer-lines',
    enforce: 'pre',
    transform: {
      filter: { id: /@codemirror\/view\/dist\/index\.js$/ },
      handler(code) {
        isDone = code.includes(theirs);
        return { code: code.replaceAll(theirs, String(marginPixels)), map: null };
      },
    },
    buildEnd(error) {
      if (error === undefined && !isDone) this.error(lost);
    },
  };
}

/** How the interface is built, whatever page it is for. */
export const rendererPlugins = [react(), fewerLines()];

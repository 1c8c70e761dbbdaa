import { defineConfig } from 'vite';
import { rendererPlugins } from './scripts/renderer-plugins.ts';

// The one build of the interface; both shells serve it. The build tool for Electron takes it over as it is.
export default defineConfig({
  root: 'src-renderer',
  base: '/',
  plugins: rendererPlugins,
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    minify: true,
    sourcemap: false,
    target: 'chrome140',
    // Pages with an editor are chunks of their own; nothing travels over a network, so size only costs reading.
    chunkSizeWarningLimit: 3_000,
  },
});

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The one build of the interface; both shells serve it. The build tool for Electron takes it over as it is.
export default defineConfig({
  root: 'src-renderer',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    minify: true,
    sourcemap: false,
    target: 'chrome140',
    // One chunk of the editor and one of the frame is what a local app needs; nothing travels over a network.
    chunkSizeWarningLimit: 3_000,
  },
});

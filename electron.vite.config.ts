import { defineConfig } from 'electron-vite';
import renderer from './vite.renderer.config.ts';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      lib: { entry: 'src-main/electron/index.ts', formats: ['es'] },
      rollupOptions: { output: { entryFileNames: 'index.js' } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload can require nothing but Electron, and must be CommonJS: everything else is bundled.
      externalizeDeps: false,
      lib: { entry: 'src-main/electron/preload.ts', formats: ['cjs'] },
      rollupOptions: { output: { entryFileNames: 'preload.cjs' } },
    },
  },
  renderer: {
    ...renderer,
    build: { ...renderer.build, outDir: 'out/renderer', rollupOptions: { input: 'src-renderer/index.html' } },
  },
});

import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Most of a start is reading sources: what is made of them is kept for the next one. Where that cannot be written nothing changes.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/chordme'));
await import('./start-app.ts');

import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';

// Most of a start is reading sources: what is made of them is kept for the next one. Where that cannot be written nothing changes.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/chordme'));
const { runCommandLine } = await import('./command-line.ts');
// Now, as a server may never come to a proper end.
flushCompileCache();
await runCommandLine(process.argv.slice(2));

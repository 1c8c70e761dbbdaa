import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `npm run bench -- charts`: runs the measurement of that name. */
const name = process.argv[2] ?? '';
const folder = new URL('./', import.meta.url);
if (/^[a-z-]+$/.test(name) && name !== 'run' && existsSync(new URL(`${name}.ts`, folder))) {
  await import(`./${name}.ts`);
} else {
  const known = readdirSync(fileURLToPath(folder)).filter((file) => file.endsWith('.ts') && file !== 'run.ts');
  console.error(`Which one? ${known.map((file) => file.slice(0, -3)).join(', ')}`);
  process.exitCode = 1;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../shared/songs/', import.meta.url));

/** Songs of musicians outside of this project; not part of it, so tests skip where the folder is not there. */
export const realSongs: readonly (readonly [name: string, bytes: Uint8Array])[] = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.cho'))
      .map((name) => [name, readFileSync(`${folder}/${name}`)] as const)
  : [];

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDirectory } from './test-core.ts';

/** A small built renderer, with a secret beside it that must never be served. */
export function rendererRoot(): string {
  const directory = testDirectory();
  const root = join(directory, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(
    join(root, 'index.html'),
    '<!doctype html><meta property="csp-nonce" nonce="style-nonce-of-this-page" /><title>ChordMe</title>',
  );
  writeFileSync(join(root, 'assets', 'main-1a2b.js'), 'export {};');
  writeFileSync(join(root, '.hidden.js'), 'secret');
  writeFileSync(join(directory, 'secret.js'), 'secret');
  return root;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasElectronRuntime, openElectron } from '../../support/open-shell.ts';

const root = join(import.meta.dirname, '..', '..', '..');

// Electron's runtime is a download of its own that many networks refuse; without it these are skipped, and counted so.
test.skipIf(!hasElectronRuntime)("Electron's own window: account, song, session, chart; no Node in the page", async () => {
  const built = spawnSync(
    process.execPath,
    [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'error'],
    { cwd: root },
  );
  expect(built.status).toBe(0);
  const dataDir = mkdtempSync(join(tmpdir(), 'chordme-electron-'));
  const { app, page } = await openElectron({ dataDir });
  try {
    expect(new URL(page.url()).protocol).toBe('app:');
    expect(await page.evaluate(() => 'require' in window || 'process' in window)).toBe(false);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ann');
    await page.getByRole('textbox', { name: 'Email', exact: true }).fill('ann@example.org');
    await page.getByLabel('Password', { exact: true }).fill('violet-harbour-41');
    await page.getByRole('button', { name: 'Create account', exact: true }).click();
    await page.getByRole('button', { name: /sign out/i }).waitFor();
    await page.getByRole('link', { name: 'Library' }).click();
    await page.getByRole('button', { name: 'New song', exact: true }).first().click();
    await page.getByRole('textbox', { name: 'Song source' }).fill('{title: Lullaby}\n[G]Sleep');
    await expect.poll(() => page.getByRole('region', { name: 'Chart' }).textContent()).toContain('Lullaby');
  } finally {
    await app.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const hasRuntime = existsSync(join(root, 'node_modules', 'electron', 'dist'));

// Electron's runtime is a download of its own that many networks refuse; without it these are skipped, and counted so.
test.skipIf(!hasRuntime)("Electron's own window: account, song, session, chart; no Node in the page", async () => {
  const built = spawnSync(
    process.execPath,
    [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'error'],
    { cwd: root },
  );
  expect(built.status).toBe(0);
  const dataDir = mkdtempSync(join(tmpdir(), 'chordme-electron-'));
  const program: unknown = createRequire(import.meta.url)('electron');
  if (typeof program !== 'string') throw new Error('the runtime is not complete');
  const app = await _electron.launch({ executablePath: program, args: [root, '--data-dir', dataDir] });
  try {
    const page = await app.firstWindow();
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
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

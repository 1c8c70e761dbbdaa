import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { startApp, type RunningApp } from './app.ts';
import { openShell, type OpenShell } from './open-shell.ts';

/** Leaves WebRTC only relays, of which there are none. */
const withoutMesh = `
  const Real = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Real {
    constructor(configuration) { super({ ...configuration, iceServers: [], iceTransportPolicy: 'relay' }); }
  };
`;

/** One person: an app with its own data, in a Chromium process of its own. */
export class Musician {
  readonly name: string;
  readonly dataDir: string;
  readonly serverUrl: string | undefined;
  readonly #hasMesh: boolean;
  browser: OpenShell['browser'];
  page: Page;
  app: RunningApp;

  private constructor(
    { name, dataDir, serverUrl, hasMesh }: { name: string; dataDir: string; serverUrl: string | undefined; hasMesh: boolean },
    { app, browser, page }: OpenShell,
  ) {
    this.name = name;
    this.dataDir = dataDir;
    this.serverUrl = serverUrl;
    this.#hasMesh = hasMesh;
    this.app = app;
    this.browser = browser;
    this.page = page;
  }

  /** @param hasMesh false: as in a network that lets no WebRTC through */
  static async start(name: string, serverUrl?: string, hasMesh = true): Promise<Musician> {
    const dataDir = mkdtempSync(join(tmpdir(), `chordme-${name}-`));
    const opened = await openShell({ dataDir, ...(serverUrl !== undefined && { serverUrl }), ...(!hasMesh && { script: withoutMesh }) });
    return new Musician({ name, dataDir, serverUrl, hasMesh }, opened);
  }

  /** SIGKILL: app and browser are gone in the middle of whatever they did. */
  async crash(): Promise<void> {
    await this.app.kill();
    await this.browser.close();
  }

  /** Starts the app and a new browser over what is on disk, in the network of before. */
  async restart(): Promise<void> {
    const { dataDir, serverUrl } = this;
    const script = this.#hasMesh ? '' : withoutMesh;
    const { app, browser, page } = await openShell({ dataDir, script, ...(serverUrl !== undefined && { serverUrl }) });
    Object.assign(this, { app, browser, page });
  }

  /** SIGKILL of the app alone, which starts again: the browser, and the keys in it, stay. */
  async restartApp(): Promise<void> {
    const { dataDir, serverUrl } = this;
    await this.app.kill();
    this.app = await startApp({ dataDir, ...(serverUrl !== undefined && { serverUrl }) });
    await this.page.goto(this.app.url);
  }

  async reopen(sessionPath: string): Promise<void> {
    await this.page.goto(`${this.origin}${sessionPath}`);
    await this.source.waitFor();
  }

  get sessionPath(): string {
    return new URL(this.page.url()).pathname;
  }

  get origin(): string {
    // The desktop window has a scheme of its own, for which `origin` answers nothing.
    const { protocol, host } = new URL(this.app.url);
    return `${protocol}//${host}`;
  }

  /** To a place of the rail, by its link; from a session, which has no rail, by its address. */
  async go(place: 'Library' | 'Sessions' | 'Settings'): Promise<void> {
    const path = `/${place.toLowerCase()}`;
    const link = this.page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place, exact: true });
    if (this.sessionPath.startsWith('/session/')) await this.page.goto(`${this.origin}${path}`);
    else await link.click();
    // The address changes before the page does.
    await this.page.getByRole('heading', { level: 1, name: place, exact: true }).waitFor();
  }

  field(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The text field of type password has no role: it is found by its label. */
  async createAccount(): Promise<void> {
    await this.go('Settings');
    await this.field('Name').fill(this.name);
    await this.field('Email').fill(`${this.name.toLowerCase()}@example.org`);
    await this.page.getByLabel('Password', { exact: true }).fill('violet-harbour-41');
    await this.button('Create account').click();
    await this.page.getByRole('button', { name: /sign out/i }).waitFor();
  }

  async importSong(path: string): Promise<void> {
    await this.go('Library');
    const chooser = this.page.waitForEvent('filechooser');
    await this.button('Import songs').first().click();
    await (await chooser).setFiles(path);
  }

  async createSession(name: string, template: string, songTitle: string): Promise<void> {
    await this.go('Sessions');
    await this.button('New session').first().click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await dialog.getByRole('combobox', { name: 'Template' }).selectOption({ label: template });
    await dialog.getByRole('combobox', { name: 'Song' }).selectOption({ label: songTitle });
    await dialog.getByRole('button', { name: 'Create session', exact: true }).click();
    await this.page.waitForURL(/\/session\//);
    await this.source.waitFor();
  }

  async join(code: string): Promise<void> {
    await this.go('Sessions');
    await this.field('Join code').fill(code);
    await this.button('Join session').click();
    await this.page.waitForURL(/\/session\//);
    await this.source.waitFor();
  }

  /** Reads the code the way a person does, below the people. */
  async joinCode(): Promise<string> {
    return this.page.getByText(/^[2-9A-HJ-NP-TV-Z]{8}$/).innerText();
  }

  async say(text: string): Promise<void> {
    await this.field('Message').fill(text);
    await this.button('Send').click();
  }

  /** Waits until the connection says this, in these words. */
  async connected(words: string): Promise<void> {
    await this.connection
      .filter({ hasText: new RegExp(`^${words}$`) })
      .waitFor({ timeout: 30_000 })
      .catch(async () => {
        throw new Error(`${this.name} reads "${await this.connection.innerText()}" instead of "${words}"`);
      });
  }

  /** Puts the cursor at the end of the line that has this text, as a click there does. */
  async placeCursor(lineText: string): Promise<void> {
    await this.source.getByText(lineText, { exact: false }).first().click();
    // Once to where the line is broken, and to its end.
    await this.page.keyboard.press('End');
    await this.page.keyboard.press('End');
  }

  get source(): Locator {
    return this.page.getByRole('textbox', { name: 'Song source' });
  }

  get connection(): Locator {
    return this.page.getByRole('status', { name: 'Connection' });
  }

  /** The whole source as the editor holds it. */
  async text(): Promise<string> {
    return this.source.evaluate((element) => {
      const tile = (element as unknown as { cmTile?: { view?: { state: { doc: { toString(): string } } } } }).cmTile;
      const view = tile?.view ?? (element as unknown as { cmView?: { view: { state: { doc: { toString(): string } } } } }).cmView?.view;
      if (view === undefined) throw new Error('the editor is not there');
      return view.state.doc.toString();
    });
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.app.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

import type { AppUpdater } from 'electron-updater';
import type { CoreLogger } from '../core/core-logger.ts';
import type { Updater } from '../core/updates/updates.ts';

/** The part of electron-updater that the shell uses. */
export type UpdaterApi = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'allowDowngrade'
  | 'logger'
  | 'setFeedURL'
  | 'checkForUpdates'
  | 'downloadUpdate'
  | 'quitAndInstall'
  | 'on'
  | 'off'
>;

/**
 * Updates of the installed program by electron-updater, which verifies what it fetched by the digest that the feed names, and by
 * its signature where the installer is signed.
 * @param api null: not installed, so that there is nothing to replace
 * @param quit ends the app in the usual way, and does what it is given in the place of the end
 */
export function createInstalledUpdater(api: UpdaterApi | null, logger: CoreLogger, quit: (last: () => void) => void): Updater | undefined {
  if (api === null) return undefined;
  // The person decides what is fetched, and when.
  api.autoDownload = false;
  api.autoInstallOnAppQuit = true;
  api.allowDowngrade = false;
  api.logger = {
    info: () => undefined,
    warn: (message) => logger.warn({ message }, 'of an update'),
    error: (message) => logger.warn({ message }, 'of an update'),
  };
  return {
    look: async (feed) => {
      api.setFeedURL({ provider: 'generic', url: feed });
      const found = await api.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version.slice(0, 100) : null;
    },
    fetch: async (tell) => {
      const onProgress = ({ percent }: { percent: number }): void => tell(Math.min(1, Math.max(0, percent / 100)));
      api.on('download-progress', onProgress);
      try {
        await api.downloadUpdate();
      } finally {
        api.off('download-progress', onProgress);
      }
    },
    install: () => quit(() => api.quitAndInstall(true, true)),
  };
}

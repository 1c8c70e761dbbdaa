import type { CoreLogger } from '../core/core-logger.ts';
import type { ElectronApi, ShellWindow } from './electron-api.ts';

/** A page that ends again and again is not started a fourth time: what ends it is still there. */
const revivalsAtMost = 3;

/** Crashes leave a line in the log and a dump on this computer, which goes nowhere by itself. */
export function setupCrashes(
  { app, crashReporter }: Pick<ElectronApi, 'app' | 'crashReporter'>,
  logger: CoreLogger,
): {
  watch(window: ShellWindow): void;
} {
  crashReporter.start({ uploadToServer: false });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') logger.error({ type, reason, exit_code: exitCode }, 'a process ended');
  });
  return {
    watch: (window) => {
      let revivals = 0;
      window.on('unresponsive', () => logger.warn({}, 'a window does not answer'));
      window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
        if (reason === 'clean-exit') return;
        logger.error({ reason, exit_code: exitCode }, 'the page of a window ended');
        revivals += 1;
        // Everything typed is on disk: the page comes back where it was.
        if (revivals <= revivalsAtMost && !window.webContents.isDestroyed()) window.webContents.reload();
      });
    },
  };
}

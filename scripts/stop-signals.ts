const lookEveryMs = 500;

/**
 * Resolves when the program is asked to stop: Ctrl+C, SIGTERM, or the end of the shell that npm put between itself and
 * this process. That shell dies of the signal that npm hands on to it, and hands nothing on itself.
 */
export function stopAsked(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const parent = process.ppid;
  const isUnderNpm = environment['npm_lifecycle_event'] !== undefined && process.platform !== 'win32';
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
    // Looking alone keeps no program alive: what did not start must end.
    if (isUnderNpm) setInterval(() => void (process.ppid === parent || resolve()), lookEveryMs).unref();
  });
}

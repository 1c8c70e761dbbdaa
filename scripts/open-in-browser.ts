import { spawn } from 'node:child_process';

function opener(platform: NodeJS.Platform, url: string): [command: string, args: string[]] {
  if (platform === 'darwin') return ['open', [url]];
  // `start` is a word of cmd's own; its first quoted argument is a window's title.
  if (platform === 'win32') return ['cmd', ['/c', 'start', '""', url]];
  return ['xdg-open', [url]];
}

/** Opens the system's browser; where there is none, the printed link is there to be used by hand. */
export function openInBrowser(platform: NodeJS.Platform, url: string, say: (line: string) => void): void {
  const [command, args] = opener(platform, url);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => say('No browser could be opened: open the link above yourself.'));
  child.unref();
}

import { settingsHelp } from '../config.ts';
import { commands } from './commands.ts';

/** The text of `--help`. */
export function helpText(): string {
  const rows = Object.entries(commands).map(([name, { takes, says }]) => `  ${`${name} ${takes}`.padEnd(24)}${says}`);
  return [
    'The authority server of ChordMe: invitations, roles and signed order for the sessions of a band.',
    '',
    'Usage: npm run server [-- COMMAND | --help]',
    '',
    'Commands:',
    `  ${''.padEnd(24)}without one it serves, and prints "ready http://…" when it listens`,
    ...rows,
    '',
    'Settings, as environment variables:',
    ...settingsHelp(),
    '',
    'SIGTERM and SIGINT finish what is under way and stop.',
  ].join('\n');
}

import { backup } from './backup.ts';
import type { Command } from './command.ts';
import { newPassword } from './new-password.ts';
import { raiseGenerationCommand } from './raise-generation.ts';
import { restore } from './restore.ts';

/** By name, in the order of `--help`. */
export const commands: Readonly<Record<string, Command>> = {
  backup,
  restore,
  'new-password': newPassword,
  'raise-generation': raiseGenerationCommand,
};

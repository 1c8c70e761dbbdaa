import type { Command } from './command.ts';

/** By name, in the order of `--help`. */
export const commands: Readonly<Record<string, Command>> = {};

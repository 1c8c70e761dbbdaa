import { commands } from './commands/commands.ts';
import { helpText } from './commands/help.ts';
import { serve } from './commands/serve.ts';
import { ConfigFault } from './config.ts';

async function runCommand([name, ...rest]: readonly string[]): Promise<void> {
  if (name === undefined) return serve(process.env);
  if (name === '--help' || name === '-h') return console.log(helpText());
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new ConfigFault(`Not understood: ${[name, ...rest].join(' ')}. See --help.`);
  return command.run(rest, process.env);
}

/** Runs what the words of the command line ask for. A mistake is told in one line; 2 is the exit code of a wrong configuration. */
export async function runCommandLine(words: readonly string[]): Promise<void> {
  try {
    await runCommand(words);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof ConfigFault ? 2 : 1;
  }
}

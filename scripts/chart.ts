import { readFileSync, writeFileSync } from 'node:fs';
import { Refusal, runChartCommand } from './chart-command.ts';

function read(name: string): Uint8Array {
  try {
    return readFileSync(name === '-' ? 0 : name);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'this is a folder' : 'it cannot be read';
    throw new Refusal(`${name === '-' ? 'standard input' : name}: ${reason}.`);
  }
}

try {
  runChartCommand(process.argv.slice(2), {
    read,
    // Synchronous, so that nothing is lost at the exit.
    write: (bytes) => writeFileSync(1, bytes),
    note: (line) => process.stderr.write(`${line}\n`),
  });
} catch (error) {
  // Whoever read from here has enough.
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') process.exit(0);
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`chart: ${error.message}\n`);
  process.exitCode = error.exitCode;
}

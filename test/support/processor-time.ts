import process from 'node:process';

/** Milliseconds of processor time that this process has used: others on the machine, however busy, add none. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

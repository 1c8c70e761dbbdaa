/** One thing that `npm run server -- NAME …` can do; without a name it serves. */
export interface Command {
  /** What follows the name, as `--help` shows it: `FILE`. */
  takes: string;
  says: string;
  /** @param args what follows the name. Throws ConfigFault for arguments or settings that are not understood. */
  run(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): Promise<void>;
}

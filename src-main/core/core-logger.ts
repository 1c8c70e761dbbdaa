/** The part of pino that core uses. */
export interface CoreLogger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export const silentLogger: CoreLogger = { info: () => {}, warn: () => {}, error: () => {} };

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Where refresh tokens are kept: files of mode 0600, or sealed by the system's key store in the Electron shell. */
export interface SecretStore {
  read(name: string): string | null;
  /** On disk when it returns, whole or not at all. */
  write(name: string, secret: string): void;
  remove(name: string): void;
}

/** @param directory exists already, readable by its owner only */
export function createSecretFiles(directory: string): SecretStore {
  const fileOf = (name: string): string => {
    if (!/^[a-z0-9-]{1,80}$/.test(name)) throw new RangeError('a secret is named by small letters, digits and dashes');
    return join(directory, `${name}.secret`);
  };
  return {
    read: (name) => {
      try {
        return readFileSync(fileOf(name), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    write: (name, secret) => {
      const file = fileOf(name);
      const fresh = `${file}.new`;
      rmSync(fresh, { force: true });
      const handle = openSync(fresh, 'wx', 0o600);
      try {
        writeSync(handle, secret);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(fresh, file);
    },
    remove: (name) => rmSync(fileOf(name), { force: true }),
  };
}

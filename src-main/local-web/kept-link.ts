import { createSecretFiles } from '../core/secret-files.ts';

/** A link into the app that runs, kept beside its data for who starts it a second time. Who can read it can read the data. */
export interface KeptLink {
  keep(url: string | null): void;
  /** Null when there is none, or something else. */
  read(): string | null;
}

const name = 'web-link';

/** @param dataDir exists already, readable by its owner only */
export function keptLink(dataDir: string): KeptLink {
  const files = createSecretFiles(dataDir);
  return {
    keep: (url) => (url === null ? files.remove(name) : files.write(name, url)),
    read: () => /^http:\/\/127\.0\.0\.1:\d{1,5}\/\?token=[\w-]{1,100}$/.exec(files.read(name) ?? '')?.[0] ?? null,
  };
}

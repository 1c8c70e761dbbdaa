/** Names in the data directory. */
export const databaseFile = 'chordme.db';
export const authorityKeyFile = 'authority-key.pkcs8';
export const tokenSecretFile = 'token-secret';

/** What a backup has beside the database: without them the server is another one. */
export const secretFiles = [authorityKeyFile, tokenSecretFile] as const;

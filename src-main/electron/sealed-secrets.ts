import type { SecretStore } from '../core/secret-files.ts';
import type { ElectronApi } from './electron-api.ts';

export interface SealedSecrets {
  store: SecretStore;
  /** Why secrets are not kept on this computer, in words for the person; null when they are. */
  refusal: string | null;
}

/**
 * Secrets sealed by the system's key store and kept in `files`. Where Electron would only disguise them with a key of
 * everybody's (`basic_text`), or has nothing, they stay in memory: nobody is told that something is safe which is not.
 * The synchronous calls are used since a rotated token must be on disk before the next one can be asked for.
 */
export function createSealedSecrets(
  { safeStorage }: Pick<ElectronApi, 'safeStorage'>,
  files: SecretStore,
  platform: NodeJS.Platform,
): SealedSecrets {
  const isDisguise = platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (isDisguise || !safeStorage.isEncryptionAvailable()) {
    return {
      store: createMemorySecrets(),
      refusal:
        'This computer has no key store that is open (on Linux: GNOME Keyring or KWallet). Your songs and sessions are kept as always, but you will be asked to sign in at each start.',
    };
  }
  const unseal = (sealed: string): string | null => {
    try {
      return safeStorage.decryptString(Buffer.from(sealed, 'base64'));
    } catch {
      // Sealed by another login or a key store that was reset: signing in again makes it anew.
      return null;
    }
  };
  return {
    store: {
      read: (name) => {
        const sealed = files.read(name);
        return sealed === null ? null : unseal(sealed);
      },
      write: (name, secret) => files.write(name, safeStorage.encryptString(secret).toString('base64')),
      remove: (name) => files.remove(name),
    },
    refusal: null,
  };
}

function createMemorySecrets(): SecretStore {
  const secrets = new Map<string, string>();
  return {
    read: (name) => secrets.get(name) ?? null,
    write: (name, secret) => void secrets.set(name, secret),
    remove: (name) => void secrets.delete(name),
  };
}

import { safeStorage } from 'electron';
import type { Log } from '../../log.ts';
import { createKeyFileSecrets, type SecretStore } from '../../session/secret-store.ts';

/**
 * The system's own secret store (Keychain, DPAPI, libsecret, KWallet). A Linux machine without a keyring would seal with
 * a key that everybody knows; there the key file beside the data is better, and the log says so.
 */
export function createShellSecrets(dataDir: string, log: Log): SecretStore {
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system';
  if (backend === 'basic_text' || !safeStorage.isEncryptionAvailable()) {
    log.warn({ backend }, 'this machine has no keyring: the sign-in is sealed with a key file in the data folder');
    return createKeyFileSecrets(dataDir);
  }
  return {
    seal: async (text) => (await encrypt(text)).toString('base64'),
    async open(sealed) {
      try {
        return await decrypt(Buffer.from(sealed, 'base64'));
      } catch {
        return null;
      }
    },
  };
}

// Newer Electrons have asynchronous forms, which do not block the window; older ones have only the others.
const hasAsyncForms = () => typeof safeStorage.encryptStringAsync === 'function';

async function encrypt(text: string): Promise<Buffer> {
  return hasAsyncForms() ? safeStorage.encryptStringAsync(text) : safeStorage.encryptString(text);
}

async function decrypt(sealed: Buffer): Promise<string> {
  if (!hasAsyncForms()) return safeStorage.decryptString(sealed);
  return (await safeStorage.decryptStringAsync(sealed)).result;
}

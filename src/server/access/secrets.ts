import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Db } from '../database/connection.ts';

/**
 * Keys of this installation, one per purpose, all derived from one secret. The secret is COMPTOIR_SECRET_KEY, or a random
 * one in a 0600 file of the data folder; it is never in the database, so a stolen backup opens no SIM secrets and forges
 * no token. Centrals on one database must share it; the database keeps its fingerprint, and another one is refused.
 */
export interface Secrets {
  /** 32 bytes, always the same for a purpose. */
  key(purpose: string): Buffer;
}

/** The database belongs to an installation with another secret. */
export class WrongSecret extends Error {}

const FINGERPRINT = 'secret_fingerprint';

export function secretsFrom(secret: string): Secrets {
  const master = createHash('sha256').update(secret).digest();
  return { key: (purpose) => Buffer.from(hkdfSync('sha256', master, 'comptoir', purpose, 32)) };
}

/** Opens the installation's secret, making one at the first start. */
export async function openSecrets(given: string | undefined, dataDir: string): Promise<Secrets> {
  return secretsFrom(given ?? (await secretOfFolder(path.join(dataDir, 'central'))));
}

async function secretOfFolder(folder: string): Promise<string> {
  const file = path.join(folder, 'secret.key');
  await mkdir(folder, { recursive: true });
  try {
    const handle = await open(file, 'wx', 0o600);
    const secret = randomBytes(32).toString('base64url');
    await handle.writeFile(secret);
    await handle.sync();
    await handle.close();
    return secret;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return (await readFile(file, 'utf8')).trim();
  }
}

/** Ties a new database to the secret, or checks that it is the one it was made with. Throws WrongSecret. */
export async function claimDatabase(db: Db, secrets: Secrets): Promise<void> {
  const value = JSON.stringify(secrets.key('fingerprint').toString('hex'));
  await db
    .insertInto('settings')
    .values({ key: FINGERPRINT, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { value: kept } = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', FINGERPRINT)
    .executeTakeFirstOrThrow();
  if (JSON.stringify(kept) === value) return;
  throw new WrongSecret(
    'The database was made with another secret key. Set COMPTOIR_SECRET_KEY to the one it was made with, or use the data folder it was made with.',
  );
}

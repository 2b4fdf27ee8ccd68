import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/**
 * Keeps a second desk off the same data folder, whichever shell carries it. The lock is a transaction held open on a file
 * of its own: the system frees it when the process ends, however it ends, so there are no stale locks.
 */
export function takeDataLock(dataDir: string): { release(): void } | null {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = new Database(path.join(dataDir, 'desk.lock'), { timeout: 0 });
  try {
    database.exec('begin exclusive');
    return { release: () => void database.close() };
  } catch (error) {
    database.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
}

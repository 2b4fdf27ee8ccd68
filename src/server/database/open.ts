import path from 'node:path';
import type { Config } from '../config.ts';
import { type Connection, connect } from './connection.ts';
import { startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';

export interface OpenDatabase {
  readonly connection: Connection;
  /** Closes the pool, then stops the embedded PostgreSQL if this central keeps it. */
  close(): Promise<void>;
}

/** Opens DATABASE_URL, or the embedded PostgreSQL of the data folder, and brings it to this program's version. */
export async function openDatabase({ databaseUrl, dataDir }: Config): Promise<OpenDatabase> {
  const embedded = databaseUrl ? null : await startEmbedded({ dir: path.join(dataDir, 'central', 'postgres') });
  const url = databaseUrl ?? embedded?.url ?? '';
  try {
    await bringUp(url);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
  const connection = connect(url);
  const close = async () => {
    await connection.close();
    await embedded?.stop();
  };
  return { connection, close };
}

async function bringUp(url: string): Promise<void> {
  const { db, close } = connect(url, 2, true);
  try {
    await migrate(db);
  } finally {
    await close();
  }
}

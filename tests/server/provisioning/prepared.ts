import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startTestCentral } from '../../parts/central.ts';
import { createTestDatabase } from '../../parts/database.ts';

export interface Prepared {
  readonly databaseUrl: string;
  readonly dataDir: string;
  /** Environment of a central that works on it. */
  readonly env: Record<string, string>;
  drop(): Promise<void>;
}

/** A database with the small demo operator, on which centrals of other processes can start. */
export async function prepareDemo(): Promise<Prepared> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'comptoir-jobs-'));
  const central = await startTestCentral({ demo: 'small', databaseUrl: database.url, dataDir });
  await central.stop({ keep: true });
  return {
    databaseUrl: database.url,
    dataDir,
    env: { DATABASE_URL: database.url, COMPTOIR_DATA_DIR: dataDir, COMPTOIR_DEMO: '1' },
    async drop() {
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

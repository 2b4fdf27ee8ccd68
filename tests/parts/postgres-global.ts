// One real PostgreSQL for a test run. Its URL is in COMPTOIR_TEST_PG; when that is set already, that server is used.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbedded } from '../../src/server/database/embedded.ts';

/** Tests may lose everything at a power cut, so nothing waits for the disk. */
const fast = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=300',
  'shared_buffers=64MB',
];

export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.COMPTOIR_TEST_PG) return undefined;
  // `npm test` names the folder, to stop the server itself when the run is interrupted.
  const dir = process.env.COMPTOIR_TEST_PG_FOLDER || (await newFolder());
  const postgres = await startEmbedded({ dir: path.join(dir, 'postgres'), settings: fast });
  process.env.COMPTOIR_TEST_PG = postgres.url;
  return async () => {
    delete process.env.COMPTOIR_TEST_PG;
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  };
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'comptoir-pg-'));
  // Started as root, PostgreSQL runs as another user, who must get to its folder.
  await chmod(folder, 0o755);
  return folder;
}

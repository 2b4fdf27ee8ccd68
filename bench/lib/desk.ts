import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbedded } from '../../src/server/database/embedded.ts';
import { type DeskPage, openDeskPage, type Shell } from '../../tests/e2e/desk-page.ts';
import { chromium, electron, type Part, part } from '../../tests/parts/available.ts';
import { type RunningCentral, runningAt, spawnCentral } from '../../tests/parts/central.ts';

const display: Part = part(
  process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY ? 'there is no display' : null,
);

/** What each shell needs and this machine may not have. */
export const shells: readonly { readonly shell: Shell; readonly part: Part }[] = [
  { shell: 'browser', part: chromium },
  { shell: 'electron', part: electron.available ? display : electron },
];

const INVITATION = 'an invitation that the bench gives';

export interface BenchDesk extends DeskPage<RunningCentral> {
  /** Central's own, which notes when each transaction was committed. */
  readonly databaseUrl: string;
}

/**
 * A signed-in desk on a central of its own, which is a process of its own as at an operator's: who drives the desk here
 * must not hold it up. Its PostgreSQL waits for the disk. The desk is enrolled and its directory is whole, as on any day
 * but the first.
 */
export async function startBenchDesk(shell: Shell): Promise<BenchDesk> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'comptoir-bench-'));
  // Started as root, PostgreSQL runs as a user of its own, which must be able to reach its folder.
  await chmod(folder, 0o755);
  const postgres = await startEmbedded({
    dir: path.join(folder, 'postgres'),
    settings: ['track_commit_timestamp=on'],
  });
  const central = await spawnCentral({
    ...{ DATABASE_URL: postgres.url, COMPTOIR_DATA_DIR: folder },
    ...{ COMPTOIR_DEMO: '1', COMPTOIR_DESK_INVITATION: INVITATION },
  });
  const desk = await openDeskPage(runningAt(central.url), { shell, invitation: INVITATION });
  await desk.signIn();
  const state = desk.page.getByRole('region', { name: 'State of this desk' });
  await state
    .getByText(/^Directory current/)
    .first()
    .waitFor({ state: 'attached' });
  return {
    ...desk,
    databaseUrl: postgres.url,
    async stop() {
      await desk.stop();
      await central.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

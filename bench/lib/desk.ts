import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbedded } from '../../src/server/database/embedded.ts';
import { type DeskPage, type Shell, startDeskPage } from '../../tests/e2e/desk-page.ts';
import { chromium, electron, type Part, part } from '../../tests/parts/available.ts';
import { startTestCentral } from '../../tests/parts/central.ts';

const display: Part = part(
  process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY ? 'there is no display' : null,
);

/** What each shell needs and this machine may not have. */
export const shells: readonly { readonly shell: Shell; readonly part: Part }[] = [
  { shell: 'browser', part: chromium },
  { shell: 'electron', part: electron.available ? display : electron },
];

const INVITATION = 'an invitation that the bench gives';

/**
 * A signed-in desk on a central of its own, whose PostgreSQL waits for the disk as it does in a shop. The desk is enrolled
 * and its directory is whole, as on any day but the first.
 */
export async function startBenchDesk(shell: Shell): Promise<DeskPage> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'comptoir-bench-'));
  // Started as root, PostgreSQL runs as a user of its own, which must be able to reach its folder.
  await chmod(folder, 0o755);
  const postgres = await startEmbedded({ dir: path.join(folder, 'postgres') });
  const env = { COMPTOIR_DESK_INVITATION: INVITATION };
  const central = await startTestCentral({ demo: 'small', databaseUrl: postgres.url, dataDir: folder, env });
  const desk = await startDeskPage({ shell, central, invitation: INVITATION });
  await desk.signIn();
  const state = desk.page.getByRole('region', { name: 'State of this desk' });
  await state
    .getByText(/^Directory current/)
    .first()
    .waitFor({ state: 'attached' });
  return {
    ...desk,
    async stop() {
      await desk.stop();
      await central.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

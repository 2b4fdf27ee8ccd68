// npm run build: builds the desk, whether or not its sources have changed.
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';

await command(async ({ stop }) => {
  await ensureInstalled();
  await ensureBuilt({ force: true });
  await stop(0);
});

// npm run build: builds the desk and the portal, whether or not their sources have changed.
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';

await command(async ({ stop }) => {
  await ensureInstalled();
  await ensureBuilt({ force: true });
  await stop(0);
});

// npm run central: central alone with the portal's pages, its log on the terminal.
import { ensureBuilt } from './lib/build.mjs';
import { startCentral } from './lib/central.mjs';
import { command } from './lib/command.mjs';
import { dataFolder } from './lib/data.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { say } from './lib/log.mjs';

await command(async ({ stop, stopping }) => {
  const data = dataFolder();
  await ensureInstalled();
  await ensureBuilt({ only: ['portal'] });
  const central = startCentral({ data, echo: true });
  const { code, error } = await central.exited;
  if (stopping.aborted) return;
  if (error) say(error.message);
  await stop(code ?? 1);
});

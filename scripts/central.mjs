// npm run central: central alone, its log on the terminal.
import { startCentral } from './lib/central.mjs';
import { command } from './lib/command.mjs';
import { dataFolder } from './lib/data.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { say } from './lib/log.mjs';

await command(async ({ stop, stopping }) => {
  const data = dataFolder();
  await ensureInstalled();
  const central = startCentral({ data, echo: true });
  const { code, error } = await central.exited;
  if (stopping.aborted) return;
  if (error) say(error.message);
  await stop(code ?? 1);
});

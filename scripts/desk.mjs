// npm run desk: the desk alone. `npm run desk -- <command>` runs that command on the desk's data and opens nothing.
import { ensureBuilt } from './lib/build.mjs';
import { givenCentral } from './lib/central.mjs';
import { command } from './lib/command.mjs';
import { dataFolder } from './lib/data.mjs';
import { deskCommands, openDesk, wantedShell } from './lib/desk.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { say } from './lib/log.mjs';
import { lastWords, runInFront } from './lib/run.mjs';

const args = process.argv.slice(2);
await command(args.length > 0 ? handOver : open, { interruptible: args.length === 0 });

async function handOver({ stop }) {
  const env = { COMPTOIR_DATA_DIR: dataFolder() };
  await ensureInstalled();
  await stop(await runInFront(deskCommands.file, [...deskCommands.args, ...args], { env }));
}

async function open({ stop, stopping }) {
  givenCentral();
  wantedShell();
  const data = dataFolder();
  await ensureInstalled();
  await ensureBuilt({ only: ['desk'] });
  const desk = await openDesk({ env: { COMPTOIR_DATA_DIR: data }, data });
  const { code, signal, closed } = await desk.exited;
  if (stopping.aborted) return;
  const failed = !closed && code !== 0;
  if (failed) say(`x the desk ended (${signal ?? `code ${code}`})\n${lastWords(desk.logFile)}`);
  await stop(failed ? 1 : 0);
}

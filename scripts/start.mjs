// npm start: from a fresh clone to an open desk. Runs on Node 18 before anything is installed.
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { answers, givenCentral, startCentral } from './lib/central.mjs';
import { command } from './lib/command.mjs';
import { dataFolder } from './lib/data.mjs';
import { openDesk, wantedShell } from './lib/desk.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { invitationOf } from './lib/invitation.mjs';
import { say, step } from './lib/log.mjs';
import { centralPort, steppedOver } from './lib/ports.mjs';
import { lastWords } from './lib/run.mjs';

const demoPeople = ['admin', 'manager', 'sales', 'support'];

await command(async ({ stop, stopping }) => {
  const ended = await firstEnd(await start());
  if (!stopping.aborted) await stop(told(ended));
});

/** Starts everything and gives back the programs that the desk can't go on without. */
async function start() {
  wantedShell();
  const given = givenCentral();
  const data = dataFolder();
  await ensureInstalled();
  await ensureBuilt();
  const invitation = given ? undefined : process.env.COMPTOIR_DESK_INVITATION || invitationOf(data);
  const central = given ? undefined : await openCentral(data, invitation);
  const url = given ?? (await central.ready);
  if (given) await greetCentral(given);
  else sayLogins(url);
  const invited = invitation ? { COMPTOIR_DESK_INVITATION: invitation } : {};
  const desk = await openDesk({ env: { COMPTOIR_CENTRAL_URL: url, COMPTOIR_DATA_DIR: data, ...invited }, data });
  say('  Ctrl-C stops everything; the data stays.');
  return central ? [desk, central] : [desk];
}

/** The demo's central, which lets the desk beside it in. */
async function openCentral(data, invitation) {
  const central = startCentral({
    data,
    env: { COMPTOIR_DEMO: process.env.COMPTOIR_DEMO || '1', COMPTOIR_DESK_INVITATION: invitation },
    logFile: path.join(data, 'logs', 'central.log'),
  });
  await step('starting central and its PostgreSQL', async () => `central is ready at ${await central.ready}`);
  const note = steppedOver(Number(process.env.PORT || centralPort), await central.ready, 'central');
  if (note) say(`  ${note}`);
  return central;
}

async function greetCentral(url) {
  await step('looking for central', async () =>
    (await answers(url))
      ? `central answers at ${url}`
      : `central does not answer at ${url}: the desk works on its own until it does`,
  );
}

function sayLogins(url) {
  const addresses = demoPeople.map((name) => `${name}@demo.comptoir.test`).join(', ');
  say(`  Sign in as ${addresses}; password Comptoir!2026`);
  say(`  Customers' portal: ${url}/portal/ as john.smith@demo.comptoir.test, same password`);
}

/** Waits for the first program to end. */
function firstEnd(programs) {
  return Promise.race(programs.map(async (program) => ({ program, end: await program.exited })));
}

/** The exit code: the desk's window closed is the normal end, all else is told with the program's last words. */
function told({ program, end }) {
  if (program.name === 'desk' && (end.closed || end.code === 0)) return 0;
  const how = end.error?.message ?? end.signal ?? `code ${end.code}`;
  say(`x ${program.name} ended (${how})\n${lastWords(program.logFile)}`);
  return 1;
}

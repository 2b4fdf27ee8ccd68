import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deskFolder } from '../data-dir.ts';
import { connectToRead } from '../work-store/connection.ts';
import { migrations } from '../work-store/migrations/index.ts';
import { WORK_FILE } from '../work-store/work-store.ts';
import { type CommandRun, run } from './run.ts';

/*
 * `npm run desk -- <command>`: looks into the desk's outbox and journal without opening a window, also while the desk runs.
 */

function openToRead(folder: string): CommandRun['store'] {
  const file = path.join(folder, WORK_FILE);
  if (!existsSync(file)) return null;
  const connection = connectToRead(file, migrations);
  return { read: (task) => task(connection) };
}

try {
  process.exitCode = await run(process.argv.slice(2), {
    store: openToRead(deskFolder(process.env)),
    say: (text) => void process.stdout.write(`${text}\n`),
    complain: (text) => void process.stderr.write(`${text}\n`),
    save: (file, text) => writeFile(file, text, { flag: 'wx' }),
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

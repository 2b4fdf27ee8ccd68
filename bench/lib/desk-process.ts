import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DeskCall, DeskReport, ReportOf } from './sync-messages.ts';

const program = path.join(import.meta.dirname, 'sync-desk.ts');

/** A desk of the demo's admin in a process of its own, on a folder of its own; not enrolled yet. */
export async function startDeskProcess(centralUrl: string) {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'comptoir-bench-desk-'));
  const given = { dataDir, centralUrl, email: 'admin@demo.comptoir.test', password: 'Comptoir!2026' };
  const child = fork(program, [JSON.stringify(given)], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ask = async <T extends DeskReport['type']>(call: DeskCall, type: T) => {
    child.send(call);
    return next(child, type);
  };
  await next(child, 'ready');
  return {
    firstSync: () => ask({ type: 'sync' }, 'synced'),
    search: () => ask({ type: 'search' }, 'searched'),
    catchUp: (id: number, name: string) => ask({ type: 'catchUp', id, name }, 'caughtUp'),
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.send({ type: 'stop' } satisfies DeskCall);
      await gone;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function next<T extends DeskReport['type']>(child: ChildProcess, type: T): Promise<ReportOf<T>> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the desk ended with ${code}`));
    const heard = (report: DeskReport) => {
      if (report.type !== type) return;
      child.off('exit', ended);
      child.off('message', heard);
      resolve(report as ReportOf<T>);
    };
    child.once('exit', ended);
    child.on('message', heard);
  });
}

import { readFile } from 'node:fs/promises';

/** Whether a process of this number runs; one that has ended and was not yet collected by its parent does not. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!(pid > 0) || (await isZombie(pid))) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function isZombie(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return /^\d+ \(.*\) Z /s.test(stat);
}

/** Whether the process is PostgreSQL, as far as this system lets us see; yes where it does not. */
export async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.includes('postgres');
}

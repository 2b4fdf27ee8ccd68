import path from 'node:path';
import { _electron, type ElectronApplication, errors } from 'playwright-core';
import { electronPath } from '../parts/available.ts';

const root = path.resolve(import.meta.dirname, '../..');
const LONGEST_MS = 60_000;

/**
 * Starts the desk in the real runtime. The driver now and then attaches to a program that is up, and never says so; it
 * kills what it started then, and it is started once more. A desk that does not come up fails both times.
 */
export async function launchElectron(env: Record<string, string>): Promise<ElectronApplication> {
  const launch = () =>
    _electron.launch({
      executablePath: electronPath() ?? undefined,
      args: [root],
      chromiumSandbox: true,
      timeout: LONGEST_MS,
      env: { ...(process.env as Record<string, string>), ...env },
    });
  try {
    return await launch();
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    console.warn('the driver lost the program it had started; it is started once more');
    return launch();
  }
}

import path from 'node:path';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { isDamage } from './damage.ts';

/** Given to the thread that looks through a file, in place of a worker's options. */
export interface CheckRequest {
  readonly check: string;
}

/** What is wrong with a database; null for a sound one. Reads all of it. */
export function findDamage(file: string): string | null {
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      const found = database.pragma('quick_check(1)', { simple: true });
      return found === 'ok' ? null : String(found);
    } finally {
      database.close();
    }
  } catch (error) {
    return isDamage(error) ? String(error) : null;
  }
}

/** The same in a thread of its own, of which `program` is the entry; whoever waits for it is not held up. */
export function findDamageAside(
  program: URL,
  folder: string,
  file: string,
): { found: Promise<string | null>; stop(): void } {
  const worker = new Worker(program, { workerData: { check: path.join(folder, file) } satisfies CheckRequest });
  const found = new Promise<string | null>((resolve) => {
    worker.on('message', resolve);
    // A check that could not be made finds nothing; reads and writes find damage too.
    worker.on('error', () => resolve(null));
    worker.on('exit', () => resolve(null));
  });
  return { found, stop: () => void worker.terminate() };
}

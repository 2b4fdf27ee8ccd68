import { parentPort, workerData } from 'node:worker_threads';
import { type CheckRequest, findDamage, findDamageAside } from './check.ts';
import { createKeeper } from './keeper.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './messages.ts';
import { DIRECTORY_FILE } from './open.ts';

/*
 * The entry of the thread that writes the directory, and of the one that looks through its file. The desk's main thread
 * reads the file and never waits for either.
 */

const port = parentPort;
if (port === null) throw new Error('the directory is kept by a thread of the desk');
const given = workerData as WorkerOptions | CheckRequest;

if ('check' in given) port.postMessage(findDamage(given.check));
else await keep(given);

async function keep(options: WorkerOptions): Promise<void> {
  let checking: ReturnType<typeof findDamageAside> | null = null;
  const keeper = createKeeper({
    ...options,
    post(message: FromWorker) {
      if (message.type === 'release') checking?.stop();
      port?.postMessage(message);
    },
    check() {
      checking?.stop();
      checking = findDamageAside(new URL(import.meta.url), options.folder, DIRECTORY_FILE);
      return checking.found;
    },
  });
  port?.on('message', (message: ToWorker) => keeper.receive(message));
  await keeper.run();
  (checking as { stop(): void } | null)?.stop();
  port?.close();
}

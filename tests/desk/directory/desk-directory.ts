import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { SyncEntity } from '#core/sync/rows.ts';
import { createCentral } from '../../../src/main/central/client.ts';
import { createDirectory, type Directory, type DirectoryOptions } from '../../../src/main/directory/directory.ts';
import { waitUntil } from '../../parts/wait.ts';
import { CREDENTIAL } from './fake-central.ts';

export const DESK = { id: '0199aaaa-0000-7000-8000-000000000001', storeId: 1 };

type Options = Pick<DirectoryOptions, 'url' | 'folder'> & { maxPages?: number; credential?: string | null };

/** A directory with its real thread, as the host has it. Stopped when the test ends. */
export function startDirectory({ url, credential = CREDENTIAL, ...options }: Options) {
  const heard = { entities: new Set<SyncEntity>(), refused: [] as string[], givenBack: [] as number[] };
  const log = pino({ level: process.env.COMPTOIR_TEST_LOG ?? 'silent' });
  const central = createCentral({
    url,
    caller: { token: async () => null, refused: async () => null },
    desk: { credential: () => credential, refused: () => undefined },
    reachability: { answered: () => undefined, failed: () => undefined },
  });
  const directory = createDirectory({
    ...options,
    url,
    central,
    program: new URL('../../../src/main/directory/worker.ts', import.meta.url),
    stateChanged: () => undefined,
    rowsChanged: (entities) => {
      for (const entity of entities) heard.entities.add(entity);
    },
    refused: (refused) => heard.refused.push(refused),
    giveBack: (ids) => heard.givenBack.push(...ids),
    log,
  });
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await directory.stop();
  };
  onTestFinished(stop);
  directory.follow({ ...DESK, credential });
  directory.start();
  return {
    directory,
    heard,
    stop,
    untilState: (wanted: ReturnType<Directory['state']>['directory']) =>
      waitUntil(() => directory.state().directory === wanted, `the directory is ${wanted}`),
    names: () => namesIn(directory),
  };
}

/** Every customer's name, by id. */
export async function namesIn(directory: Directory): Promise<string[]> {
  const reader = directory.reader();
  if (reader === null) throw new Error('there is nothing to read');
  try {
    const rows = await reader.selectFrom('customer').select('name').orderBy('id').execute();
    return rows.map(({ name }) => name);
  } catch (error) {
    // Rebuilt meanwhile: another is read, as the desk's own reads do.
    if (directory.reader() === reader) throw error;
    return await waitUntil(() => (directory.reader() === null ? null : namesIn(directory)), 'a directory to read');
  }
}

import { pino } from 'pino';
import { createCentral } from '../../../src/main/central/client.ts';
import { createDirectory } from '../../../src/main/directory/directory.ts';

/* A desk's directory in a process of its own, for tests that kill it. */

const { url = '', folder = '', credential = '' } = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>;
const central = createCentral({
  url,
  caller: { token: async () => null, refused: async () => null },
  desk: { credential: () => credential, refused: () => undefined },
  reachability: { answered: () => undefined, failed: () => undefined },
});
const directory = createDirectory({
  ...{ folder, url, central },
  program: new URL('../../../src/main/directory/worker.ts', import.meta.url),
  stateChanged: () => process.send?.(directory.state().progress?.done ?? 0),
  rowsChanged: () => undefined,
  refused: () => undefined,
  giveBack: () => undefined,
  log: pino({ level: 'silent' }),
});
directory.follow({ id: '0199aaaa-0000-7000-8000-000000000001', storeId: 1, credential });
directory.start();

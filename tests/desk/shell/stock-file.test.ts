import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { PASSWORD, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { testFolders } from '../folder.ts';
import { spawnDesk } from './spawn-desk.ts';
import { enter } from './visitor.ts';

const newFolder = testFolders();
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral();
});
afterAll(() => central.stop());

it('a stock file of several megabytes goes through the desk whole', async () => {
  const shell = await spawnDesk({ folder: newFolder(), centralUrl: central.url });
  onTestFinished(() => shell.kill());
  const { desk, close } = await enter(shell.url);
  onTestFinished(close);
  await desk.session.signIn({ email: 'sales@test.comptoir.test', password: PASSWORD });
  const ROWS = 60_000;
  const rows = Array.from({ length: ROWS }, (_, index) => `Modem é ${index},${`SN${index}`.padEnd(40, 'X')}`);
  const file = new File([`label,serial\n${rows.join('\n')}\n`], 'stock d’été.csv', { type: 'text/csv' });
  expect(file.size).toBeGreaterThan(3_000_000);
  const result = await desk.inventory.createImport({ file, template: 'modem', dryRun: true });
  expect(result).toMatchObject({
    filename: 'stock d’été.csv',
    status: 'done',
    dryRun: true,
    counts: { created: ROWS, updated: 0, unchanged: 0, failed: 0 },
  });
});

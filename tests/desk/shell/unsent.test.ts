import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { languageSchema } from '#core/domain/common.ts';
import { unsentText } from '../../../src/main/shell/texts.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { startGateway } from '../../parts/gateway.ts';
import { SALES, startEnrolledDesk, untilOffline } from '../enrolled-desk.ts';
import { testFolders } from '../folder.ts';
import { spawnDesk } from './spawn-desk.ts';

const newFolder = testFolders();
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral();
});
afterAll(() => central.stop());

/** A folder whose desk has two customers that head office has not heard of; the desk is stopped. */
async function unsentWork() {
  const folder = newFolder();
  const gateway = await startGateway(central.url);
  onTestFinished(() => gateway.close());
  const desk = await startEnrolledDesk({ dataDir: `${folder}/desk`, centralUrl: gateway.url });
  await desk.signIn(SALES);
  await desk.desk.system.changeSettings({ language: 'fr' });
  gateway.cut();
  await untilOffline(desk);
  for (const name of ['Ana', 'Bo']) await desk.desk.customers.create({ name, type: 'individual' });
  expect(desk.host.unsent()).toBe(2);
  await desk.stop();
  return folder;
}

describe('stopping the browser shell', () => {
  it('with unsent work says how many in one line, in the desk’s language', async () => {
    const desk = await spawnDesk({ folder: await unsentWork() });
    onTestFinished(() => desk.kill());
    expect(await desk.stop()).toBe(0);
    expect(desk.output()).toContain(unsentText('fr', 2));
  });

  it('with nothing unsent says nothing of it', async () => {
    const desk = await spawnDesk({ folder: newFolder() });
    onTestFinished(() => desk.kill());
    expect(await desk.stop()).toBe(0);
    expect(desk.output()).not.toContain('head office');
  });
});

it('data of a newer version is refused in the desk’s language, without a stack, and left as it is', async () => {
  const folder = await unsentWork();
  const database = new Database(`${folder}/desk/desk.sqlite`);
  database.prepare('insert into kysely_migration (name, timestamp) values (?, ?)').run('9999-later', '2030');
  database.close();
  const failure = await spawnDesk({ folder }).catch((error: Error) => error.message);
  expect(failure).toContain('version plus récente de Comptoir');
  expect(failure).toContain('9999-later');
  expect(failure).not.toContain('    at ');
});

it.each(languageSchema.options)('one piece and several are told apart in %s', (language) => {
  expect(unsentText(language, 1)).toMatch(/^1 /);
  expect(unsentText(language, 3)).toMatch(/^3 /);
  expect(unsentText(language, 1).slice(2)).not.toBe(unsentText(language, 3).slice(2));
});

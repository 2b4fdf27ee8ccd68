import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { syncEntities } from '#core/sync/rows.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';
import { enrol } from '../../server/desks/desk-parts.ts';
import { testFolders } from '../folder.ts';
import { startDirectory } from './desk-directory.ts';

const newFolder = testFolders();

describe('the directory of a real head office', () => {
  let central: TestCentral;
  beforeAll(async () => {
    central = await startTestCentral({ demo: 'small' });
  });
  afterAll(() => central.stop());

  async function enrolledDirectory(name: string) {
    const desk = await enrol(central, await central.asAdmin(), name);
    const started = startDirectory({ url: central.url, folder: newFolder(), credential: desk.credential });
    await started.untilState('current');
    return started;
  }

  test('holds every customer, contact, product and service, and the stock of its store', async () => {
    const { directory } = await enrolledDirectory('Till 1');
    const reader = directory.reader();
    const count = async (table: 'customer' | 'contact' | 'product' | 'service' | 'item' | 'store' | 'template') =>
      Number(
        (
          await reader
            ?.selectFrom(table)
            .select(({ fn }) => fn.countAll<number>().as('n'))
            .executeTakeFirst()
        )?.n,
      );
    const countAt = async (
      table: 'customers' | 'contacts' | 'products' | 'services' | 'stores' | 'inventoryTemplates',
    ) =>
      Number(
        (
          await central.db
            .selectFrom(table)
            .select(({ fn }) => fn.countAll<number>().as('n'))
            .executeTakeFirst()
        )?.n,
      );
    expect(await count('customer')).toBe(await countAt('customers'));
    expect(await count('contact')).toBe(await countAt('contacts'));
    expect(await count('product')).toBe(await countAt('products'));
    expect(await count('service')).toBe(await countAt('services'));
    expect(await count('store')).toBe(await countAt('stores'));
    expect(await count('template')).toBe(await countAt('inventoryTemplates'));
    const stores = await reader?.selectFrom('item').select('storeId').distinct().execute();
    expect(stores).toEqual([{ storeId: 1 }]);
    expect(await count('item')).toBeGreaterThan(0);
  });

  test('follows what changes at head office within a moment, by itself', async () => {
    const { directory, heard, names } = await enrolledDirectory('Till 2');
    await waitUntil(() => heard.entities.size === syncEntities.length, 'the whole directory was announced');
    heard.entities.clear();
    const sales = await central.asSales();
    const made = await sales.customers.create({ name: 'Zoë Ångström', type: 'individual' });
    await waitUntil(async () => (await names()).includes('Zoë Ångström'), 'the new customer');
    await waitUntil(() => heard.entities.has('customers'), 'the event');
    await sales.customers.change({ id: made.id, name: 'Zoë Renamed' });
    // A transaction that is open elsewhere holds back what was committed after it began.
    await waitUntil(async () => {
      await directory.caughtUp(5_000);
      return (await names()).includes('Zoë Renamed');
    }, 'the new name');
  });
});

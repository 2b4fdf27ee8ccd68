import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCentral } from '../../parts/central.ts';
import { createTestDatabase, type TestDatabase } from '../../parts/database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

test('the demo refuses a database that holds anything else, and says so', async () => {
  const own = await startTestCentral({ databaseUrl: database.url });
  await own.stop();
  await expect(startTestCentral({ demo: 'small', databaseUrl: database.url })).rejects.toThrow(
    /needs an empty database/,
  );
});

test('a second start keeps what was done since the first, and adds nothing', async () => {
  const first = await startTestCentral({ demo: 'small', databaseUrl: database.url });
  const { id } = await (await first.asSales()).customers.create({ name: 'Walk-in', type: 'individual' });
  await first.stop();
  const second = await startTestCentral({ demo: 'small', databaseUrl: database.url });
  try {
    const sales = await second.asSales();
    expect((await sales.customers.get({ id })).name).toBe('Walk-in');
    const rows = await second.db.selectFrom('customers').select('id').execute();
    expect(rows).toHaveLength(44);
  } finally {
    await second.stop();
  }
});

test('it has 5,000 customers more, some with services in use, none of them a John, all found by their own name', async () => {
  const central = await startTestCentral({ demo: 'small', databaseUrl: database.url, demoCustomers: 5_000 });
  try {
    const { db } = central;
    const customers = await db.selectFrom('customers').select(['id', 'name', 'email']).orderBy('id').execute();
    expect(customers).toHaveLength(5_003);
    expect(new Set(customers.map(({ email }) => email)).size).toBe(5_003);
    const sales = await central.asSales();
    expect((await sales.customers.list({ q: 'john', limit: 10 })).items).toHaveLength(3);
    for (const { id, name } of customers.filter((_, index) => index % 250 === 0)) {
      const { items } = await sales.customers.list({ q: name, limit: 500 });
      expect(items.map((each) => each.id)).toContain(id);
    }
    const services = await db.selectFrom('services').select('id').where('status', '=', 'active').execute();
    expect(services.length).toBeGreaterThan(50);
    const { items } = await sales.customers.services({ id: 456 });
    expect(items).toMatchObject([
      { name: 'Mobile - +44 7700 900456', status: 'active', monthlyCost: { amount: 1500 } },
    ]);
    expect(items[0]?.balances.map(({ type, remaining }) => [type, remaining > 0]).sort()).toEqual([
      ['data', true],
      ['voice', true],
    ]);
    expect(items[0]?.items.map(({ template }) => template).sort()).toEqual(['mobile_number', 'sim_card']);
  } finally {
    await central.stop();
  }
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral();
});
afterAll(() => central.stop());

test('the audit names who did what to whom, newest first, in pages', async () => {
  const sales = await central.asSales();
  for (const name of ['One', 'Two', 'Three', 'Four', 'Five'])
    await sales.customers.create({ name, type: 'individual' });
  const admin = await central.asAdmin();
  const first = await admin.audit.list({ limit: 3 });
  expect(first.items).toHaveLength(3);
  const rest = await admin.audit.list({ cursor: first.nextCursor ?? '' });
  const all = [...first.items, ...rest.items];
  expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => b - a));
  const created = all.filter(({ action }) => action === 'customer.created');
  expect(created.map(({ detail }) => detail.name)).toEqual(['Five', 'Four', 'Three', 'Two', 'One']);
  expect(created[0]).toMatchObject({ actorName: 'Sam Sales', effectiveName: null, subject: { type: 'customer' } });
  expect(await admin.audit.verify()).toMatchObject({ intact: true, brokenAt: null });
});

test('a refused command leaves no line', async () => {
  const sales = await central.asSales();
  const twin = { name: 'Twice', type: 'individual' as const };
  await sales.customers.create(twin);
  await expect(sales.customers.create(twin)).rejects.toMatchObject({ code: 'possible_duplicate' });
  const lines = await central.db
    .selectFrom('auditEntries')
    .select('detail')
    .where('action', '=', 'customer.created')
    .execute();
  expect(lines.filter(({ detail }) => detail.name === 'Twice')).toHaveLength(1);
});

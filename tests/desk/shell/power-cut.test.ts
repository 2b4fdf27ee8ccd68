import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { PASSWORD, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';
import { testFolders } from '../folder.ts';
import { spawnDesk } from './spawn-desk.ts';
import { enter } from './visitor.ts';

const newFolder = testFolders();
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
});
afterAll(() => central.stop());

async function open(folder: string) {
  const shell = await spawnDesk({ folder, centralUrl: central.url });
  onTestFinished(() => shell.kill());
  const visitor = await enter(shell.url);
  onTestFinished(() => visitor.close());
  return { desk: visitor.desk, kill: shell.kill };
}

it('a draft that staff saw as saved is there after the desk was killed, with who was signed in', async () => {
  const folder = newFolder();
  const before = await open(folder);
  await before.desk.session.signIn({ email: 'sales@demo.comptoir.test', password: PASSWORD });
  const { items } = await before.desk.products.list({});
  const productId = items.find(({ slug }) => slug === 'mobile-20gb')?.id;
  const draft = await before.desk.drafts.create({ productId, customerId: 123 });
  const details = { purchaseOrder: 'PO-2026 é 😀' };
  const saved = await before.desk.drafts.changeDetails({ draftId: draft.id, details });
  await before.kill();

  const after = await open(folder);
  expect(await after.desk.session.get()).toMatchObject({ name: expect.any(String) });
  expect(await after.desk.drafts.list()).toEqual([saved]);
  // Its holds are still central's, and can be prolonged.
  const extended = await after.desk.drafts.extendHolds({ draftId: draft.id });
  expect(extended.items.map(({ hold }) => hold?.id)).toEqual(saved.items.map(({ hold }) => hold?.id));
});

it('an order that was placed when the desk was killed is not placed again', async () => {
  const folder = newFolder();
  const before = await open(folder);
  await before.desk.session.signIn({ email: 'sales@demo.comptoir.test', password: PASSWORD });
  const { items } = await before.desk.products.list({});
  const productId = items.find(({ slug }) => slug === 'mobile-20gb')?.id;
  const draft = await before.desk.drafts.create({ productId, customerId: 123 });
  const free = await before.desk.inventory.items({ template: 'sim_card', storeId: 1, status: 'in_stock', limit: 1 });
  await before.desk.drafts.chooseItem({ draftId: draft.id, itemId: free.items[0]?.id ?? 0 });
  // Killed the moment central has the order, before the desk has read the answer.
  const admin = await central.asAdmin();
  const orders = async () => (await admin.orders.list({ draftId: draft.id })).items;
  before.desk.drafts.confirm({ draftId: draft.id }).catch(() => undefined);
  await waitUntil(async () => (await orders()).length > 0, 'the order at central');
  await before.kill();

  const after = await open(folder);
  const confirmed = await after.desk.drafts.confirm({ draftId: draft.id });
  expect((await orders()).map(({ id }) => id)).toEqual([confirmed.order?.id]);
});

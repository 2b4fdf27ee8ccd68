import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingOf, nextStep } from '#core/assignment/steps.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';
import { testFolders } from '../folder.ts';
import {
  activeMobileService,
  completeDraft,
  freeItems,
  JOHN_SMITH,
  JOHNSON_ENTERPRISES,
  productBySlug,
  SALES,
} from './counter.ts';
import { startDesk, type TestDesk } from './test-desk.ts';

const newFolder = testFolders();
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
});
afterAll(() => central.stop());

async function openCounter(dataDir = newFolder(), email = SALES): Promise<TestDesk> {
  const counter = await startDesk({ dataDir, centralUrl: central.url });
  if ((await counter.desk.session.get()) === null) await counter.signIn(email);
  return counter;
}

const isFree = async (itemId: number) => {
  const item = await (await central.asAdmin()).inventory.item({ id: itemId });
  return item.reservation === null;
};

describe('an assignment from its first screen', () => {
  it('begins with a scanned SIM, which is held at once, and asks for the customer first', async () => {
    const counter = await openCounter();
    const [sim] = await freeItems(counter, 'sim_card');
    const draft = await counter.desk.drafts.create({ itemId: sim?.id });
    expect(draft.items).toMatchObject([{ template: 'sim_card', item: { id: sim?.id }, suggested: false }]);
    expect(nextStep(draft)).toBe('customer');
    expect(await isFree(sim?.id ?? 0)).toBe(false);
    await counter.hear('draft', (event) => event.draft.id === draft.id);
  });

  it('a product that takes a number gets the most memorable one of the store, held and marked as proposed', async () => {
    const counter = await openCounter();
    const { id } = await productBySlug(counter, 'mobile-20gb');
    const draft = await counter.desk.drafts.create({ productId: id, customerId: JOHN_SMITH });
    expect(draft.items).toMatchObject([{ template: 'mobile_number', suggested: true, item: { storeId: 1 } }]);
    expect(missingOf(draft)).toEqual(['item:sim_card']);
    expect(draft.autoRenew).toBe(true);
  });

  it('a scan and the same number at two counters: each gets a number of its own', async () => {
    const [one, other] = [await openCounter(), await openCounter()];
    const { id: productId } = await productBySlug(one, 'mobile-20gb');
    const drafts = await Promise.all([one, other].map(({ desk }) => desk.drafts.create({ productId })));
    const numbers = drafts.map(({ items }) => items[0]?.item.id);
    expect(numbers.every((number) => number !== undefined)).toBe(true);
    expect(new Set(numbers).size).toBe(2);
  });

  it('choosing another item lets the one before go', async () => {
    const counter = await openCounter();
    const draft = await completeDraft(counter);
    const [before] = draft.items.filter(({ template }) => template === 'sim_card');
    const [another] = await freeItems(counter, 'sim_card');
    const changed = await counter.desk.drafts.chooseItem({ draftId: draft.id, itemId: another?.id ?? 0 });
    expect(changed.items.map(({ item }) => item.id)).toContain(another?.id);
    expect(changed.items).toHaveLength(2);
    await waitUntil(() => isFree(before?.item.id ?? 0), 'the first SIM to be free');
  });

  it('going back to an item just let go keeps its hold', async () => {
    const counter = await openCounter();
    const draft = await completeDraft(counter);
    const [a, b] = await freeItems(counter, 'sim_card', 2);
    const choose = (itemId = 0) => counter.desk.drafts.chooseItem({ draftId: draft.id, itemId });
    await choose(a?.id);
    await choose(b?.id);
    await choose(a?.id);
    await waitUntil(() => isFree(b?.id ?? 0), 'the other SIM to be free');
    expect(await isFree(a?.id ?? 0)).toBe(false);
  });

  it('two favourites stay held beside the chosen number; a third lets the first go', async () => {
    const counter = await openCounter();
    const draft = await completeDraft(counter);
    const numbers = await freeItems(counter, 'mobile_number', 3);
    let latest = draft;
    for (const { id: itemId } of numbers) {
      latest = await counter.desk.drafts.shortlistItem({ draftId: draft.id, itemId });
    }
    expect(latest.shortlist.map(({ item }) => item.id)).toEqual([numbers[1]?.id, numbers[2]?.id]);
    await waitUntil(() => isFree(numbers[0]?.id ?? 0), 'the first favourite to be free');
    const chosen = await counter.desk.drafts.chooseItem({ draftId: draft.id, itemId: numbers[1]?.id ?? 0 });
    expect(chosen.shortlist.map(({ item }) => item.id)).toEqual([numbers[2]?.id]);
    expect(chosen.items.find(({ template }) => template === 'mobile_number')).toMatchObject({ suggested: false });
  });

  it('a product without a slot for the scanned SIM lets it go', async () => {
    const counter = await openCounter();
    const [sim] = await freeItems(counter, 'sim_card');
    const draft = await counter.desk.drafts.create({ itemId: sim?.id, customerId: JOHN_SMITH });
    const { id: productId } = await productBySlug(counter, 'iptv-family');
    const changed = await counter.desk.drafts.chooseProduct({ draftId: draft.id, productId });
    expect(changed.items.some(({ template }) => template === 'sim_card')).toBe(false);
    await waitUntil(() => isFree(sim?.id ?? 0), 'the SIM to be free');
  });

  it('refuses an item that its product has no slot for, and leaves it free', async () => {
    const counter = await openCounter();
    const draft = await completeDraft(counter);
    const [modem] = await freeItems(counter, 'modem');
    const choice = counter.desk.drafts.chooseItem({ draftId: draft.id, itemId: modem?.id ?? 0 });
    await expect(choice).rejects.toMatchObject({
      code: 'item_not_available',
      data: { reason: 'wrong_template', itemId: modem?.id },
      defined: true,
    });
    expect(await isFree(modem?.id ?? 0)).toBe(true);
  });

  it('refuses an item of another store', async () => {
    const counter = await openCounter();
    const { items } = await (await central.asAdmin()).inventory.items({ template: 'sim_card', storeId: 2, limit: 1 });
    const start = counter.desk.drafts.create({ itemId: items[0]?.id });
    await expect(start).rejects.toMatchObject({ code: 'item_not_available', data: { reason: 'other_store' } });
  });

  it('another customer’s choices do not stay with the draft', async () => {
    const counter = await openCounter();
    const draft = await completeDraft(counter);
    await counter.desk.drafts.changeDetails({ draftId: draft.id, details: { purchaseOrder: 'PO-1' } });
    const changed = await counter.desk.drafts.chooseCustomer({ draftId: draft.id, customerId: JOHNSON_ENTERPRISES });
    expect(changed).toMatchObject({ purchaseOrder: '', autoRenew: false, customer: { id: JOHNSON_ENTERPRISES } });
    expect(changed.choices.contacts.every(({ customerId }) => customerId === JOHNSON_ENTERPRISES)).toBe(true);
  });

  it('an add-on beside a service goes on that service', async () => {
    const counter = await openCounter();
    const service = await activeMobileService(counter);
    const { id: productId } = await productBySlug(counter, 'data-boost-5gb');
    const draft = await counter.desk.drafts.create({ serviceId: service.id, productId });
    expect(draft).toMatchObject({ serviceId: service.id, startedFrom: 'service' });
    expect(draft.customer?.id).toBe(service.customerId);
    expect(missingOf(draft)).toEqual([]);
  });

  it('several drafts at once, each person their own', async () => {
    const dataDir = newFolder();
    const counter = await openCounter(dataDir);
    const first = await counter.desk.drafts.create({});
    const second = await counter.desk.drafts.create({ customerId: JOHN_SMITH });
    expect((await counter.desk.drafts.list()).map(({ id }) => id)).toEqual([first.id, second.id]);
    await counter.desk.session.signOut();
    await counter.signIn('admin@demo.comptoir.test');
    expect(await counter.desk.drafts.list()).toEqual([]);
    await expect(counter.desk.drafts.get({ draftId: first.id })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('holds', () => {
  it('a discarded draft lets its items go; brought back within a minute it holds them again', async () => {
    const counter = await openCounter();
    const draft = await completeDraft(counter);
    const ids = draft.items.map(({ item }) => item.id);
    await counter.desk.drafts.discard({ draftId: draft.id });
    await counter.hear('draftRemoved', ({ draftId }) => draftId === draft.id);
    await waitUntil(async () => (await Promise.all(ids.map(isFree))).every(Boolean), 'the items to be free');
    expect(await counter.desk.drafts.list()).toEqual([]);
    const restored = await counter.desk.drafts.restore({ draftId: draft.id });
    expect(restored.status).toBe('open');
    expect(restored.items.map(({ item }) => item.id)).toEqual(ids);
    expect(restored.items.every(({ hold }) => hold !== null)).toBe(true);
    expect(await Promise.all(ids.map(isFree))).toEqual([false, false]);
  });

  it('a lapsed hold is taken anew by one tap', async () => {
    const counter = await openCounter();
    const draft = await completeDraft(counter);
    await central.advance(700);
    const extended = await counter.desk.drafts.extendHolds({ draftId: draft.id });
    expect(extended.items.map(({ item }) => item.id)).toEqual(draft.items.map(({ item }) => item.id));
    for (const { hold } of extended.items) expect(hold).not.toBeNull();
  });

  it('a lapsed hold that someone else has now is said by name, and the rest is held', async () => {
    const [slow, quick] = [await openCounter(), await openCounter()];
    const draft = await completeDraft(slow);
    const sim = draft.items.find(({ template }) => template === 'sim_card')?.item.id ?? 0;
    await central.advance(700);
    await quick.desk.drafts.create({ itemId: sim });
    await expect(slow.desk.drafts.extendHolds({ draftId: draft.id })).rejects.toMatchObject({
      code: 'reservation_lapsed',
      data: { itemId: sim },
    });
    const after = await slow.desk.drafts.get({ draftId: draft.id });
    expect(after.items.find(({ item }) => item.id === sim)?.hold).toBeNull();
    expect(after.items.find(({ item }) => item.id !== sim)?.hold).not.toBeNull();
  });

  it('two desks that want one SIM in the same moment: one gets it, the other is told who has it', async () => {
    const [one, other] = [await openCounter(), await openCounter()];
    const [sim] = await freeItems(one, 'sim_card');
    const outcomes = await Promise.allSettled([one, other].map(({ desk }) => desk.drafts.create({ itemId: sim?.id })));
    const [lost] = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(lost?.reason).toMatchObject({
      code: 'item_not_available',
      data: { reason: 'held_by_other', heldBy: { userName: expect.any(String) } },
    });
  });
});

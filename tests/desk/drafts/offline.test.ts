import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { missingOf } from '#core/assignment/steps.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { pdfText } from '../../parts/pdf-text.ts';
import { waitUntil } from '../../parts/wait.ts';
import { testFolders } from '../folder.ts';
import { freeItems, JOHN_SMITH, productBySlug } from '../host/counter.ts';
import { startDesk } from '../host/test-desk.ts';
import { cut, type ReadsDesk, startReadsDesk } from '../reads/reads-desk.ts';

const newFolder = testFolders();
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
});
afterAll(() => central.stop());

/** A desk with a share of the stock; what it has left goes back to the store when the test ends. */
async function openCounter(dataDir = newFolder()) {
  const counter = await startReadsDesk(central, dataDir);
  const enrolment = await counter.desk.enrolment.get();
  onTestFinished(async () => {
    if (enrolment.state !== 'enrolled') return;
    const { desks } = await central.asAdmin();
    await desks.revoke({ id: enrolment.desk.id });
    await desks.reclaimStock({ id: enrolment.desk.id });
  });
  await waitUntil(async () => (await sharedSims(counter)).length > 0, 'the desk’s share of SIM cards');
  return counter;
}

const sharedSims = async (counter: ReadsDesk) =>
  (await freeItems(counter, 'sim_card', 500)).filter(({ share }) => share?.kind === 'own');
const ordersOf = async (draftId: string) => (await (await central.asAdmin()).orders.list({ draftId })).items;

/** SIM cards of this desk's share, as its picker shows them. */
async function ownSims(counter: ReadsDesk) {
  const own = await sharedSims(counter);
  if (own.length === 0) throw new Error('the desk has no SIM card of its own');
  return own;
}

async function completeDraft(counter: ReadsDesk, customerId = JOHN_SMITH, but: readonly number[] = []) {
  const { id: productId } = await productBySlug(counter, 'mobile-20gb');
  const { id: draftId } = await counter.desk.drafts.create({ productId, customerId });
  const sim = (await ownSims(counter)).find(({ id }) => !but.includes(id));
  return counter.desk.drafts.chooseItem({ draftId, itemId: sim?.id ?? 0 });
}

async function mend({ line, desk }: ReadsDesk) {
  line.mend();
  await waitUntil(async () => (await desk.system.link()).state === 'online', 'the line to be back');
}

describe('with a line', () => {
  it('an enrolled desk’s order goes through its outbox and comes back accepted', async () => {
    const counter = await openCounter();
    const draft = await completeDraft(counter);
    const ordered = await counter.desk.drafts.confirm({ draftId: draft.id });
    expect(ordered).toMatchObject({ status: 'ordered', sending: { state: 'accepted', error: null } });
    expect(ordered.order?.jobId).toBeGreaterThan(0);
    expect((await ordersOf(draft.id)).map(({ id }) => id)).toEqual([ordered.order?.id]);
    await counter.hear('job', ({ job }) => job.id === ordered.order?.jobId && job.status === 'succeeded');
  });

  it('a customer is head office’s at once, and a duplicate is refused', async () => {
    const counter = await openCounter();
    const made = await counter.desk.customers.create({ name: 'Ines Duarte', type: 'individual' });
    expect(made.id).toBeGreaterThan(0);
    const again = counter.desk.customers.create({ name: 'Ines Duarte', type: 'individual' });
    await expect(again).rejects.toMatchObject({ code: 'possible_duplicate', data: { customers: [{ id: made.id }] } });
  });
});

describe('without a line', () => {
  it('a new customer gets a plan, and both reach head office once, in order, when the line is back', async () => {
    const counter = await openCounter();
    await cut(counter);
    const customer = await counter.desk.customers.create({ name: 'Noor Haddad', type: 'individual' });
    expect(customer.id).toBeLessThan(0);
    const draft = await completeDraft(counter, customer.id);
    expect(missingOf(draft)).toEqual([]);
    expect(draft.items.every(({ heldHere, hold }) => heldHere && hold === null)).toBe(true);
    const { checks } = await counter.desk.drafts.preflight({ draftId: draft.id });
    expect(checks).toContainEqual({ key: 'head_office', state: 'warning', data: {} });
    expect(checks.filter(({ state }) => state === 'failed')).toEqual([]);
    const saved = await counter.desk.drafts.confirm({ draftId: draft.id });
    expect(saved).toMatchObject({ status: 'ordered', order: null, sending: { state: 'saved' } });
    expect((await counter.desk.sync.state()).outbox).toMatchObject({ waiting: 2, refused: 0 });
    await mend(counter);
    await counter.hear('draft', (event) => event.draft.id === draft.id && event.draft.order !== null);
    const orders = await ordersOf(draft.id);
    expect(orders).toMatchObject([{ customerName: 'Noor Haddad' }]);
    expect((await counter.desk.sync.state()).outbox).toEqual({ waiting: 0, refused: 0, oldest: null });
    await counter.hear('job', ({ job }) => job.orderId === orders[0]?.id && job.status === 'succeeded');
    expect((await counter.desk.customers.get({ id: customer.id })).id).toBe(orders[0]?.customerId);
  });

  it('one item is never in two assignments of the desk', async () => {
    const counter = await openCounter();
    const online = await completeDraft(counter);
    await cut(counter);
    const here = await completeDraft(
      counter,
      JOHN_SMITH,
      online.items.map(({ item }) => item.id),
    );
    const taken = [...online.items, ...here.items].map(({ item }) => item.id);
    expect(new Set(taken).size).toBe(taken.length);
    const other = await counter.desk.drafts.create({ customerId: JOHN_SMITH });
    for (const itemId of taken) {
      const choice = counter.desk.drafts.chooseItem({ draftId: other.id, itemId });
      await expect(choice).rejects.toMatchObject({ code: 'item_not_available', data: { reason: 'held_by_other' } });
    }
    await counter.desk.drafts.confirm({ draftId: here.id });
    const sold = here.items.find(({ template }) => template === 'sim_card')?.item.id ?? 0;
    const choice = counter.desk.drafts.chooseItem({ draftId: other.id, itemId: sold });
    await expect(choice).rejects.toMatchObject({ data: { reason: 'held_by_other' } });
  });

  it('a hold of head office that lapsed meanwhile is still ours', async () => {
    const counter = await openCounter();
    const draft = await completeDraft(counter);
    await cut(counter);
    const saved = await counter.desk.drafts.confirm({ draftId: draft.id });
    expect(saved.sending?.state).toBe('saved');
    await central.advance(700);
    await mend(counter);
    const { draft: done } = await counter.hear(
      'draft',
      (event) => event.draft.id === draft.id && event.draft.order !== null,
    );
    expect(done.sending?.state).toBe('accepted');
  });

  it('an item of another store’s desk, or of nobody, says why it can’t be had', async () => {
    const [counter, other] = [await openCounter(), await openCounter()];
    const { items } = await counter.desk.inventory.items({ template: 'sim_card', pickable: true, limit: 500 });
    const theirs = items.find(({ share }) => share?.kind === 'other_desk');
    if (theirs === undefined) throw new Error('the other desk has no share');
    await cut(counter);
    const draft = await counter.desk.drafts.create({ customerId: JOHN_SMITH });
    const choice = counter.desk.drafts.chooseItem({ draftId: draft.id, itemId: theirs.id });
    await expect(choice).rejects.toMatchObject({ data: { reason: 'of_other_desk', desk: { online: false } } });
    await other.stop();
  });

  it('a draft held here takes head office’s holds once the line is back', async () => {
    const counter = await openCounter();
    await cut(counter);
    const draft = await completeDraft(counter);
    await mend(counter);
    await counter.desk.drafts.extendHolds({ draftId: draft.id });
    const { items } = await counter.desk.drafts.get({ draftId: draft.id });
    expect(items.every(({ heldHere, hold }) => !heldHere && hold !== null)).toBe(true);
  });

  it('what was saved is there after a stop, and goes up at the next start', async () => {
    const dataDir = newFolder();
    const counter = await openCounter(dataDir);
    await cut(counter);
    const draft = await completeDraft(counter);
    await counter.desk.drafts.confirm({ draftId: draft.id });
    await counter.stop();
    counter.line.mend();
    const after = await startDesk({ dataDir, centralUrl: counter.line.url });
    const read = () => after.desk.drafts.get({ draftId: draft.id });
    await waitUntil(async () => (await read()).order !== null, 'the order to be accepted');
    expect(await ordersOf(draft.id)).toHaveLength(1);
  });
});

describe('the hand-over sheet of unsent work', () => {
  it.each([
    ['en', 'Not yet accepted by head office'],
    ['fr', 'Pas encore accepté par le siège'],
    ['es', 'Aún no aceptado por la central'],
    ['pt', 'Ainda não aceite pela sede'],
  ] as const)('says so, and how the customer can follow it (%s)', async (language, words) => {
    const counter = await openCounter();
    await cut(counter);
    const draft = await completeDraft(counter);
    const { sending } = await counter.desk.drafts.confirm({ draftId: draft.id });
    const { pdfBase64 } = await counter.desk.documents.handOver({ draftId: draft.id, language });
    const text = pdfText(Buffer.from(pdfBase64, 'base64'));
    expect(text.replace(/\s+/g, ' ')).toContain(words);
    expect(text.replace(/\s/g, '')).toContain(`/status/${sending?.statusToken}`);
    const iccid = draft.items.find(({ item }) => item.identifiers.iccid !== undefined)?.item.identifiers.iccid;
    expect(text.replace(/\D/g, '')).toContain(iccid ?? '?');
  });
});

describe('a stop between two files', () => {
  it('an order that was kept is the truth: its draft is on its way, whatever the draft’s own file says', async () => {
    const dataDir = newFolder();
    const counter = await openCounter(dataDir);
    await cut(counter);
    const [one, other] = [await completeDraft(counter), await counter.desk.drafts.create({ customerId: JOHN_SMITH })];
    await counter.desk.drafts.confirm({ draftId: one.id });
    await counter.stop();
    const database = new Database(path.join(dataDir, 'desk.sqlite'));
    // As if the desk had died right after the order was kept, and its other draft's file had lost the ordered one.
    database.prepare('update draft set status = ?, document = ? where id = ?').run('open', JSON.stringify(one), one.id);
    database.close();
    const after = await startDesk({ dataDir, centralUrl: counter.line.url });
    expect(await after.desk.drafts.get({ draftId: one.id })).toMatchObject({
      status: 'ordered',
      order: null,
      sending: { state: 'saved' },
    });
    expect((await after.desk.drafts.get({ draftId: other.id })).status).toBe('open');
    await after.stop();
    const lost = new Database(path.join(dataDir, 'desk.sqlite'));
    lost.prepare('delete from draft where id = ?').run(one.id);
    lost.close();
    const again = await startDesk({ dataDir, centralUrl: counter.line.url });
    expect(await again.desk.drafts.get({ draftId: one.id })).toMatchObject({ sending: { state: 'saved' } });
  });
});

describe('a refusal', () => {
  it('comes to a person, who opens the assignment again, changes it and confirms it', async () => {
    const counter = await openCounter();
    await cut(counter);
    const draft = await completeDraft(counter);
    await counter.desk.drafts.confirm({ draftId: draft.id });
    const admin = await central.asAdmin();
    await admin.customers.change({ id: JOHN_SMITH, status: 'suspended' });
    await mend(counter);
    const { entry } = await counter.hear('outbox', (event) => event.entry.state === 'refused');
    expect(entry).toMatchObject({ draftId: draft.id, error: { code: 'customer_not_open' } });
    expect((await counter.desk.outbox.list({ open: true })).items).toMatchObject([
      { id: entry.id, blockedBy: null, choices: ['reopened', 'retried', 'cancelled'] },
    ]);
    await admin.customers.change({ id: JOHN_SMITH, status: 'open' });
    expect(await counter.desk.outbox.settle({ id: entry.id, settlement: 'reopened' })).toEqual({ draftId: draft.id });
    const reopened = await counter.desk.drafts.get({ draftId: draft.id });
    expect(reopened).toMatchObject({ status: 'open', sending: null, order: null });
    expect(reopened.items.map(({ item }) => item.id)).toEqual(draft.items.map(({ item }) => item.id));
    await waitUntil(
      async () => (await counter.desk.customers.get({ id: JOHN_SMITH })).status === 'open',
      'the desk to know that the customer is open',
    );
    const ordered = await counter.desk.drafts.confirm({ draftId: draft.id });
    expect(ordered.sending?.state).toBe('accepted');
    expect(ordered.sending?.commandId).not.toBe(entry.id);
    await expect(counter.desk.outbox.settle({ id: entry.id, settlement: 'cancelled' })).rejects.toMatchObject({
      code: 'already_settled',
    });
  });

  it('of a customer who exists can be settled by saying who it is, and what waits goes on', async () => {
    const counter = await openCounter();
    await cut(counter);
    const customer = await counter.desk.customers.create({
      name: 'Paulo Reis',
      type: 'individual',
      email: 'paulo@reis.example',
    });
    const draft = await completeDraft(counter, customer.id);
    await counter.desk.drafts.confirm({ draftId: draft.id });
    const admin = await central.asAdmin();
    const existing = await admin.customers.create({
      name: 'Paulo Reis',
      type: 'individual',
      email: 'paulo@reis.example',
    });
    await mend(counter);
    const { entry } = await counter.hear('outbox', (event) => event.entry.state === 'refused');
    const listed = (await counter.desk.outbox.list({ open: true })).items;
    expect(listed.find(({ draftId }) => draftId === draft.id)).toMatchObject({ state: 'saved', blockedBy: entry.id });
    await counter.desk.outbox.settle({ id: entry.id, settlement: 'linked', customerId: existing.id });
    await counter.hear('draft', (event) => event.draft.id === draft.id && event.draft.order !== null);
    expect(await ordersOf(draft.id)).toMatchObject([{ customerId: existing.id }]);
  });
});

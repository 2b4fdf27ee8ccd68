import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { missingOf } from '#core/assignment/steps.ts';
import type { Job } from '#core/domain/provisioning.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { type Gateway, startGateway } from '../../parts/gateway.ts';
import { waitUntil } from '../../parts/wait.ts';
import { testFolders } from '../folder.ts';
import { completeDraft, JOHN_SMITH, productBySlug, SALES } from './counter.ts';
import { startDesk, type TestDesk } from './test-desk.ts';

const newFolder = testFolders();
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
});
afterAll(() => central.stop());

interface Counter extends TestDesk {
  readonly line: Gateway;
}

async function openCounter(dataDir = newFolder()): Promise<Counter> {
  const line = await startGateway(central.url);
  onTestFinished(() => line.close());
  const counter = await startDesk({ dataDir, centralUrl: line.url });
  if ((await counter.desk.session.get()) === null) await counter.signIn(SALES);
  return { ...counter, line };
}

const ordersOf = async (draftId: string) => (await (await central.asAdmin()).orders.list({ draftId })).items;
const isOrder = ({ method, path }: { method: string; path: string }) => method === 'POST' && path === '/api/v1/orders';

describe('confirming', () => {
  it('places the order, and the job’s steps are told until it has succeeded', async () => {
    const counter = await openCounter();
    const draft = await completeDraft(counter);
    const { checks } = await counter.desk.drafts.preflight({ draftId: draft.id });
    expect(checks.filter(({ state }) => state === 'failed')).toEqual([]);
    const ordered = await counter.desk.drafts.confirm({ draftId: draft.id });
    expect(ordered).toMatchObject({ status: 'ordered', order: { jobId: expect.any(Number) } });
    const { job } = await counter.hear('job', (event) => event.job.status === 'succeeded');
    expect(job.id).toBe(ordered.order?.jobId);
    const revisions = counter.heard.filter((event) => event.type === 'job').map((event) => event.job.revision);
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
    expect(new Set(revisions).size).toBe(revisions.length);
    expect(await counter.desk.services.get({ id: job.serviceIds[0] ?? 0 })).toMatchObject({ status: 'active' });
    await waitUntil(async () => (await counter.desk.drafts.list()).length === 0, 'the draft to leave the list');
  });

  it('twice in the same moment, and once more later, gives the first order', async () => {
    const counter = await openCounter();
    const { id: draftId } = await completeDraft(counter);
    const [first, second] = await Promise.all([
      counter.desk.drafts.confirm({ draftId }),
      counter.desk.drafts.confirm({ draftId }),
    ]);
    const third = await counter.desk.drafts.confirm({ draftId });
    expect(second.order).toEqual(first.order);
    expect(third.order).toEqual(first.order);
    expect(await ordersOf(draftId)).toHaveLength(1);
    expect(counter.line.passed.filter(isOrder)).toHaveLength(1);
  });

  it('an order whose answer was lost is repeated with the same key and placed once', async () => {
    const counter = await openCounter();
    const { id: draftId } = await completeDraft(counter);
    counter.line.loseAnswerTo(isOrder);
    const ordered = await counter.desk.drafts.confirm({ draftId });
    const sent = counter.line.passed.filter(isOrder);
    expect(sent.map(({ key }) => key)).toEqual([draftId, draftId]);
    expect((await ordersOf(draftId)).map(({ id }) => id)).toEqual([ordered.order?.id]);
  });

  it('an order that was placed unheard is found, though the draft was changed since', async () => {
    const counter = await openCounter();
    const { id: draftId } = await completeDraft(counter);
    for (let tries = 0; tries < 4; tries += 1) counter.line.loseAnswerTo(isOrder);
    await expect(counter.desk.drafts.confirm({ draftId })).rejects.toMatchObject({ code: 'unavailable' });
    await counter.desk.drafts.changeDetails({ draftId, details: { autoRenew: false } });
    const ordered = await counter.desk.drafts.confirm({ draftId });
    expect((await ordersOf(draftId)).map(({ id }) => id)).toEqual([ordered.order?.id]);
  });

  it('holds that lapsed on the review page are taken anew', async () => {
    const counter = await openCounter();
    const { id: draftId } = await completeDraft(counter);
    await central.advance(700);
    expect((await counter.desk.drafts.confirm({ draftId })).status).toBe('ordered');
  });

  it('fails by name when a lapsed item is someone else’s now, and loses nothing', async () => {
    const [slow, quick] = [await openCounter(), await openCounter()];
    const draft = await completeDraft(slow);
    const sim = draft.items.find(({ template }) => template === 'sim_card')?.item.id ?? 0;
    await central.advance(700);
    await quick.desk.drafts.create({ itemId: sim });
    await expect(slow.desk.drafts.confirm({ draftId: draft.id })).rejects.toMatchObject({
      code: 'reservation_lapsed',
      data: { itemId: sim },
      defined: true,
    });
    expect(await ordersOf(draft.id)).toEqual([]);
    expect(await slow.desk.drafts.get({ draftId: draft.id })).toMatchObject({
      status: 'open',
      customer: { id: JOHN_SMITH },
    });
  });

  it('says what is missing, before central is asked', async () => {
    const counter = await openCounter();
    const { id: productId } = await productBySlug(counter, 'mobile-20gb');
    const draft = await counter.desk.drafts.create({ productId });
    const missing = ['customer', 'item:sim_card'];
    expect(missingOf(draft)).toEqual(missing);
    for (const act of [counter.desk.drafts.confirm, counter.desk.drafts.preflight]) {
      await expect(act({ draftId: draft.id })).rejects.toMatchObject({ code: 'order_incomplete', data: { missing } });
    }
    expect(counter.line.passed.filter(isOrder)).toEqual([]);
  });

  it('a product withdrawn meanwhile is refused, and the draft shows it', async () => {
    const counter = await openCounter();
    const admin = await central.asAdmin();
    const { id } = await productBySlug(counter, 'mobile-20gb');
    const { id: draftId } = await completeDraft(counter);
    await admin.products.change({ id, enabled: false });
    onTestFinished(async () => void (await admin.products.change({ id, enabled: true })));
    await expect(counter.desk.drafts.confirm({ draftId })).rejects.toMatchObject({ code: 'product_not_offered' });
    expect(missingOf(await counter.desk.drafts.get({ draftId }))).toEqual(['product_not_offered']);
  });

  it('a customer closed meanwhile is refused, and the draft shows it', async () => {
    const counter = await openCounter();
    const admin = await central.asAdmin();
    const { id: draftId } = await completeDraft(counter);
    await admin.customers.change({ id: JOHN_SMITH, status: 'closed' });
    onTestFinished(async () => void (await admin.customers.change({ id: JOHN_SMITH, status: 'open' })));
    await expect(counter.desk.drafts.confirm({ draftId })).rejects.toMatchObject({ code: 'customer_not_open' });
    expect(missingOf(await counter.desk.drafts.get({ draftId }))).toEqual(['customer_not_open']);
  });
});

describe('following a job', () => {
  const fault = async (delaySeconds: number) =>
    (await central.asAdmin()).demo.faults({ action: 'ocs.createAccount', times: 1, delaySeconds });

  it('goes on by polling and then by the stream again when the line breaks, and the end is told', async () => {
    const counter = await openCounter();
    const { id: draftId } = await completeDraft(counter);
    await fault(2);
    await counter.desk.drafts.confirm({ draftId });
    await counter.hear('job', ({ job }) => job.status === 'running');
    counter.line.cut();
    await counter.hear('link', ({ link }) => link.state === 'offline');
    counter.line.mend();
    await counter.hear('job', ({ job }) => job.status === 'succeeded');
  });

  it('a restart goes on with the jobs of before and tells their end', async () => {
    const dataDir = newFolder();
    const before = await openCounter(dataDir);
    const { id: draftId } = await completeDraft(before);
    await fault(1);
    const { order } = await before.desk.drafts.confirm({ draftId });
    await before.stop();
    const admin = await central.asAdmin();
    await waitUntil(
      async () => (await admin.provisioning.get({ id: order?.jobId ?? 0 })).status === 'succeeded',
      'the job to succeed without a desk',
    );
    const after = await openCounter(dataDir);
    const { job } = await after.hear('job', (event) => event.job.status === 'succeeded');
    expect(job.id).toBe(order?.jobId);
  });

  it('a job that ends while no window is open is told to the next one', async () => {
    const counter = await openCounter();
    const { id: draftId } = await completeDraft(counter);
    await fault(1);
    const { order } = await counter.desk.drafts.confirm({ draftId });
    await counter.closeWindow();
    const states = await counter.desk.provisioning.events({ id: order?.jobId ?? 0 });
    for await (const { status } of states) if (status === 'succeeded') break;
    await new Promise(setImmediate);
    counter.openWindow();
    await counter.hear('job', ({ job }) => job.status === 'succeeded');
  });

  it('all windows that watch a job share one stream from central', async () => {
    const counter = await openCounter();
    const { id: draftId } = await completeDraft(counter);
    await fault(1);
    const { order } = await counter.desk.drafts.confirm({ draftId });
    const id = order?.jobId ?? 0;
    const watch = async (): Promise<Job[]> => {
      const seen: Job[] = [];
      for await (const job of await counter.desk.provisioning.events({ id })) seen.push(job);
      return seen;
    };
    const [one, other] = await Promise.all([watch(), watch()]);
    expect(one.at(-1)?.status).toBe('succeeded');
    expect(other.at(-1)?.status).toBe('succeeded');
    expect(counter.line.passed.filter(({ path }) => path.endsWith(`/jobs/${id}/events`))).toHaveLength(1);
  });

  it('a failed job that is retried is followed again', async () => {
    const counter = await openCounter();
    const { id: draftId } = await completeDraft(counter);
    const admin = await central.asAdmin();
    await admin.demo.faults({ action: 'ocs.createAccount', times: 100, error: 'refused by the test' });
    onTestFinished(async () => void (await admin.demo.faults({ action: 'ocs.createAccount', times: 0 })));
    const { order } = await counter.desk.drafts.confirm({ draftId });
    await counter.hear('job', ({ job }) => job.status === 'failed');
    await admin.demo.faults({ action: 'ocs.createAccount', times: 0 });
    await counter.desk.provisioning.retry({ id: order?.jobId ?? 0 });
    await counter.hear('job', ({ job }) => job.status === 'succeeded');
  });
});

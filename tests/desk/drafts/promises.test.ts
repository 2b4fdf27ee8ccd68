import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Draft } from '#core/assignment/draft.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import type { Passed } from '../../parts/gateway.ts';
import { waitUntil } from '../../parts/wait.ts';
import { testFolders } from '../folder.ts';
import { JOHN_SMITH, productBySlug } from '../host/counter.ts';
import { startDesk, type TestDesk } from '../host/test-desk.ts';
import { cut, ownItems, type ReadsDesk, startReadsDesk } from '../reads/reads-desk.ts';

/*
 * What a desk called saved head office takes (domain.md 5.4): its stock is the desk's own at each moment between, whatever
 * was lost, late or left behind on the line.
 */

const newFolder = testFolders();
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
});
afterAll(() => central.stop());

const simOf = ({ items }: Draft) => items.find(({ template }) => template === 'sim_card')?.item.id ?? 0;

async function planWith({ desk }: TestDesk, itemId: number): Promise<Draft> {
  const { id: productId } = await productBySlug({ desk } as TestDesk, 'mobile-20gb');
  const { id: draftId } = await desk.drafts.create({ productId, customerId: JOHN_SMITH });
  return desk.drafts.chooseItem({ draftId, itemId });
}

async function sellWithoutLine(counter: TestDesk, itemId: number): Promise<Draft> {
  const draft = await planWith(counter, itemId);
  const saved = await counter.desk.drafts.confirm({ draftId: draft.id });
  expect(saved).toMatchObject({ status: 'ordered', sending: { state: 'saved' } });
  return saved;
}

/** Mends the line; the order comes to its answer, whatever that is. */
async function answered(counter: ReadsDesk, { id }: Draft): Promise<Draft['sending']> {
  counter.line.mend();
  return waitUntil(async () => {
    const { sending } = await counter.desk.drafts.get({ draftId: id });
    return sending?.state === 'saved' ? undefined : sending;
  }, 'head office’s answer');
}

const firstSim = async (counter: ReadsDesk) => (await ownItems(counter, 'sim_card'))[0]?.id ?? 0;
const isReserving = ({ method, path }: Passed) => method === 'POST' && path.endsWith('/inventory/reservations');
const isPulling = ({ path }: Passed) => path.includes('/sync/changes');

/** An assignment that has an item at head office without knowing, for every answer was lost, and is dropped. */
async function dropUnknowing({ desk, line }: ReadsDesk, itemId: number) {
  const { id: draftId } = await desk.drafts.create({ customerId: JOHN_SMITH });
  // The desk asks a second time by itself.
  for (let count = 0; count < 2; count += 1) line.loseAnswerTo(isReserving);
  expect(await desk.drafts.chooseItem({ draftId, itemId })).toMatchObject({ items: [{ hold: null, heldHere: true }] });
  await desk.drafts.discard({ draftId });
}

/** The directory stays as it is: no pull is answered any more. */
function holdDirectory({ line }: ReadsDesk) {
  for (let count = 0; count < 500; count += 1) line.loseAnswerTo(isPulling);
}

it('an item that head office holds without this desk knowing, for the answer was lost, is sold likewise', async () => {
  const counter = await startReadsDesk(central, newFolder());
  const sim = await firstSim(counter);
  holdDirectory(counter);
  await dropUnknowing(counter, sim);
  await cut(counter);
  const sold = await sellWithoutLine(counter, sim);
  expect(await answered(counter, sold)).toMatchObject({ state: 'accepted', error: null });
});

it('with a line, too, an item is the next assignment’s once the one before was dropped, though its hold was lost', async () => {
  const counter = await startReadsDesk(central, newFolder());
  const sim = await firstSim(counter);
  await dropUnknowing(counter, sim);
  const { items } = await planWith(counter, sim);
  expect(items.find(({ item }) => item.id === sim)).toMatchObject({
    hold: { id: expect.any(String) },
    heldHere: false,
  });
});

it('an item that was sold is not promised again by a desk that was started anew and has not heard of it in its directory', async () => {
  const counter = await startReadsDesk(central, newFolder());
  const draft = await planWith(counter, await firstSim(counter));
  holdDirectory(counter);
  const ordered = await counter.desk.drafts.confirm({ draftId: draft.id });
  expect(ordered.sending?.state).toBe('accepted');
  await counter.hear('job', ({ job }) => job.id === ordered.order?.jobId && job.status === 'succeeded');
  await counter.stop();

  const again = await startDesk({ dataDir: counter.dataDir, centralUrl: counter.line.url });
  await waitUntil(async () => (await again.desk.sync.state()).directory === 'behind', 'its directory of before');
  counter.line.cut();
  await waitUntil(async () => (await again.desk.system.link()).state === 'offline', 'the cut to be seen');
  await expect(planWith(again, simOf(draft))).rejects.toMatchObject({
    code: 'item_not_available',
    data: { reason: 'held_by_other' },
  });
});

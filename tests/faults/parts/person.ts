import type { RouterClient } from '@orpc/server';
import type { Host } from '../../../src/main/host.ts';
import { type Random, randomFrom } from '../../../src/server/demo/random.ts';
import type { Acknowledgement } from './messages.ts';

export type Desk = RouterClient<Host['router']>;

const PLAN = 'Mobile - 20 GB plan';
const SIM = 'sim_card';

interface Counter {
  readonly desk: Desk;
  /** Two people never invent the same customer. */
  readonly mark: string;
  readonly acknowledged: (what: Acknowledgement) => void;
}

interface PersonOptions extends Counter {
  readonly seed: number;
  readonly resting: AbortSignal;
}

interface KnownCustomer {
  readonly id: number;
  readonly name: string;
}

/**
 * Somebody at the counter who works without a pause, at random, and does not mind errors: what fails is tried again with
 * the next customer. Says what was acknowledged, the moment it was.
 */
export async function workAtRandom(options: PersonOptions): Promise<void> {
  const { resting, seed } = options;
  const random = randomFrom(seed);
  const known: KnownCustomer[] = [
    { id: 123, name: 'John Smith' },
    { id: 456, name: 'John Doe' },
  ];
  for (let turn = 1; !resting.aborted; turn += 1) {
    const act = random.pick([newCustomer, assignPlan, assignPlan, assignPlan, changePhone, abandon]);
    await act(options, random, known, turn).catch(() => undefined);
    // Others, above all the desk's own work, get their turn.
    await new Promise((resolve) => setTimeout(resolve, random.below(30)));
  }
}

type Act = (options: PersonOptions, random: Random, known: KnownCustomer[], turn: number) => Promise<void>;

const newCustomer: Act = async ({ desk, mark, acknowledged }, _random, known, turn) => {
  const name = `Fleet ${mark}-${turn}`;
  const { id } = await desk.customers.create({ name, type: 'individual', allowDuplicate: true });
  acknowledged({ kind: 'customer', name });
  known.push({ id, name });
};

const changePhone: Act = async ({ desk }, random, known) => {
  const { id } = random.pick(known);
  await desk.customers.change({ id, phone: `+4477009${String(random.below(100_000)).padStart(5, '0')}` });
};

const assignPlan: Act = async ({ desk, acknowledged }, random, known) => {
  const customer = random.pick(known);
  const draft = await beginPlan(desk, random, customer.id);
  try {
    // Impatient people press twice.
    const [confirmed] = await Promise.all(
      Array.from({ length: 1 + random.below(2) }, () => desk.drafts.confirm({ draftId: draft.id })),
    );
    if (confirmed?.status === 'ordered')
      acknowledged({ kind: 'order', draftId: draft.id, customerName: customer.name });
  } catch (error) {
    await desk.drafts.discard({ draftId: draft.id }).catch(() => undefined);
    throw error;
  }
};

const abandon: Act = async ({ desk }, random, known) => {
  const draft = await beginPlan(desk, random, random.pick(known).id);
  await desk.drafts.discard({ draftId: draft.id });
};

async function beginPlan(desk: Desk, random: Random, customerId: number) {
  const { items: plans } = await desk.products.list({ category: 'plan', limit: 100 });
  const plan = plans.find(({ name }) => name === PLAN);
  if (plan === undefined) throw new Error('the plan is not on offer');
  const draft = await desk.drafts.create({ customerId, productId: plan.id });
  const { items } = await desk.inventory.items({ template: SIM, pickable: true, limit: 200 });
  // Mostly what is in the own drawer; now and then what is a colleague's.
  const own = items.filter(({ share }) => share?.kind === 'own');
  const choice = own.length > 0 && random.below(10) > 0 ? own : items;
  if (choice.length === 0) throw new Error('no SIM card left');
  return desk.drafts.chooseItem({ draftId: draft.id, itemId: random.pick(choice).id });
}

/** A new customer and the plan, at the first try; gives the draft's id. */
export async function assignOne({ desk, mark, acknowledged }: Counter): Promise<string> {
  const name = `Fleet ${mark}-${Date.now()}`;
  const { id } = await desk.customers.create({ name, type: 'individual', allowDuplicate: true });
  acknowledged({ kind: 'customer', name });
  const draft = await beginPlan(desk, randomFrom(3), id);
  const { status } = await desk.drafts.confirm({ draftId: draft.id });
  if (status !== 'ordered') throw new Error(`the draft is ${status}`);
  acknowledged({ kind: 'order', draftId: draft.id, customerName: name });
  return draft.id;
}

import type { OrderInput } from '#core/contract/central/orders.ts';
import { type ItemRefusal, refuseItem } from '#core/domain/inventory.ts';
import type { PreflightCheck } from '#core/domain/preflight.ts';
import { autoRenewDefault, isOffered } from '#core/domain/product.ts';
import type { Program } from '#core/playbook/program.ts';
import type { Connectors } from '../connectors/registry.ts';
import type { QueryContext } from '../context.ts';
import { getItems, leasedToOthers } from '../inventory/item-rows.ts';
import { type OrderFacts, readFacts } from './facts.ts';
import { missingOfOrder, serviceFits } from './rules.ts';

export interface PreflightTools {
  readonly playbooks: ReadonlyMap<string, Program>;
  readonly connectors: Connectors;
}

type Facts = Record<string, unknown>;

const check = (key: PreflightCheck['key'], good: boolean, data: Facts = {}): PreflightCheck => ({
  key,
  state: good ? 'ok' : 'failed',
  data: good ? {} : data,
});

/** Everything that Confirm would meet, asked beforehand; changes nothing. Throws not_found. */
export async function preflight(
  context: QueryContext,
  input: OrderInput,
  { playbooks, connectors }: PreflightTools,
): Promise<{ checks: PreflightCheck[] }> {
  const facts = await readFacts(context.db, input);
  const { customer, product } = facts;
  const program = playbooks.get(product.playbook);
  const missing = missingOfOrder(facts);
  const offered = isOffered(product) && program !== undefined;
  const [items, reachable] = await Promise.all([itemsCheck(context, input), connectorsCheck(connectors, program)]);
  return {
    checks: [
      check('customer_open', customer.status === 'open', { status: customer.status }),
      check('product_offered', offered, { productName: product.name, playbook: product.playbook }),
      check('eligible', product.customerTypes.includes(customer.type), { customerType: customer.type }),
      check('complete', missing.length === 0, { missing }),
      items,
      check('service_matches', serviceFits(facts), { serviceType: product.serviceType }),
      reachable,
      paymentCheck(facts),
    ],
  };
}

/** Held by this draft, or free for the taking: a lapsed hold is a warning as long as nobody else has the item. */
async function itemsCheck(context: QueryContext, input: OrderInput): Promise<PreflightCheck> {
  const { db, clock, actor } = context;
  const now = clock.now();
  const ids = input.items.map(({ itemId }) => itemId);
  const [found, leased] = await Promise.all([
    getItems(db, ids, now),
    leasedToOthers(db, ids, context.desk?.id ?? null),
  ]);
  const faults = input.items.flatMap(({ itemId, template }) => {
    const item = found.find(({ id }) => id === itemId);
    const pick = { template, draftId: input.draftId, now, ...(actor.storeId !== null && { storeId: actor.storeId }) };
    const judged: ItemRefusal | null = item ? refuseItem(item, pick) : 'unknown_item';
    const reason = judged ?? (leased.has(itemId) ? ('of_other_desk' as const) : null);
    const held = item?.reservation?.draftId === input.draftId;
    if (reason === null && held) return [];
    return [{ itemId, label: item?.label ?? null, template, reason: reason ?? ('not_held' as const) }];
  });
  const state = faults.some(({ reason }) => reason !== 'not_held') ? 'failed' : faults.length > 0 ? 'warning' : 'ok';
  return { key: 'items_held', state, data: faults.length > 0 ? { items: faults } : {} };
}

async function connectorsCheck(connectors: Connectors, program: Program | undefined): Promise<PreflightCheck> {
  const steps = program?.tasks ?? [];
  const names = [...new Set(steps.map(({ uses }) => uses.split('.')[0] ?? ''))];
  const states = await connectors.check(names);
  const away = states.filter(({ reachable }) => !reachable);
  if (away.length === 0) return check('connectors_reachable', true);
  const needed = (name: string) => steps.some(({ uses, ignoreErrors }) => uses.startsWith(`${name}.`) && !ignoreErrors);
  const state = away.some(({ name }) => needed(name)) ? 'failed' : 'warning';
  return { key: 'connectors_reachable', state, data: { connectors: away.map(({ name }) => name) } };
}

/** PA-13: renewal that nothing can be charged for is worth a warning. */
function paymentCheck({ input, customer, product }: OrderFacts): PreflightCheck {
  const renews = product.recurring !== null && (input.autoRenew ?? autoRenewDefault(product, customer.type));
  const state = renews && !customer.hasPaymentMethod ? 'warning' : 'ok';
  return { key: 'payment_method', state, data: {} };
}

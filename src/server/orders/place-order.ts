import { sql } from 'kysely';
import type { OrderInput } from '#core/contract/central/orders.ts';
import type { Item } from '#core/domain/inventory.ts';
import { autoRenewDefault, isOffered } from '#core/domain/product.ts';
import type { Order } from '#core/domain/provisioning.ts';
import type { Program } from '#core/playbook/program.ts';
import type { CommandContext } from '../context.ts';
import { violatedConstraint } from '../database/failures.ts';
import { fail } from '../http/errors.ts';
import { notAvailable, takerOf } from '../inventory/locks.ts';
import { claimForOrder } from '../inventory/order-items.ts';
import { createJob } from '../provisioning/create-job.ts';
import type { Enqueue } from '../provisioning/job-commands.ts';
import { createService } from '../services/create.ts';
import { serviceName } from '../services/name.ts';
import type { ServiceRow } from '../services/write.ts';
import { lockSubjects, type OrderFacts, readFacts } from './facts.ts';
import { findOrderOfDraft, getOrder } from './order-rows.ts';
import { missingOfOrder, serviceFits, strayItem } from './rules.ts';
import { variablesOfOrder } from './variables.ts';

export interface OrderTools {
  readonly playbooks: ReadonlyMap<string, Program>;
  readonly enqueue: Enqueue;
}

/**
 * Orders a plan or an add-on: order, service (plans only), items, job and tasks, all or nothing. A draft is ordered once
 * (PA-15): again, whatever is sent with it, gives the first order. Throws customer_not_open, product_not_offered,
 * not_eligible, no_matching_service, order_incomplete, item_not_available, and unavailable without a playbook.
 */
export async function placeOrder(context: CommandContext, input: OrderInput, tools: OrderTools): Promise<Order> {
  const { tx } = context;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`draft ${input.draftId}`}, 0))`.execute(tx);
  const first = await findOrderOfDraft(tx, input.draftId);
  if (first) return first;
  await lockSubjects(tx, input);
  const facts = await readFacts(tx, input);
  refuseUnfit(facts);
  const program = tools.playbooks.get(facts.product.playbook);
  if (!program) throw fail('unavailable', { reason: 'playbook' });
  const { id, jobId } = await writeOrder(context, facts, program);
  context.afterCommit(() => tools.enqueue(jobId, 1));
  return getOrder(tx, id);
}

function refuseUnfit(facts: OrderFacts): void {
  const { customer, product } = facts;
  if (customer.status !== 'open') throw fail('customer_not_open', { status: customer.status });
  if (!isOffered(product)) throw fail('product_not_offered', { productId: product.id });
  if (!isOffered(product, customer.type)) throw fail('not_eligible', { customerType: customer.type });
  const missing = missingOfOrder(facts);
  if (missing.length > 0) throw fail('order_incomplete', { missing });
  if (!serviceFits(facts)) throw fail('no_matching_service');
  const stray = strayItem(facts);
  if (stray !== null) throw notAvailable(stray, 'wrong_template');
}

async function writeOrder(context: CommandContext, facts: OrderFacts, program: Program) {
  const { tx, actor, clock } = context;
  const { input, product, customer } = facts;
  const now = clock.now();
  const autoRenew = product.recurring !== null && (input.autoRenew ?? autoRenewDefault(product, customer.type));
  const id = await insertOrder(context, facts, autoRenew, now);
  const items = await claimForOrder(
    tx,
    { draftId: input.draftId, orderId: id, items: input.items },
    takerOf(context),
    now,
  );
  const service =
    (product.category === 'addon' ? facts.service : null) ?? (await newService(context, facts, items, autoRenew));
  await tx.updateTable('orders').set({ serviceId: service.id }).where('id', '=', id).execute();
  const jobId = await createJob(tx, {
    ...{ orderId: id, customerId: customer.id, productId: product.id, serviceId: service.id, program, now },
    ...{ storeId: actor.storeId, createdByName: actor.name },
    variables: variablesOfOrder({ facts, program, orderId: id, autoRenew, service, items }),
  });
  const detail = { productName: product.name, serviceId: service.id, serviceName: service.name, jobId };
  context.audit({ action: 'order.placed', subject: { type: 'order', id }, customerId: customer.id, detail });
  return { id, jobId };
}

async function insertOrder({ tx, actor }: CommandContext, facts: OrderFacts, autoRenew: boolean, now: Date) {
  const { input, site, billingContact, technicalContact } = facts;
  const { id } = await tx
    .insertInto('orders')
    .values({
      statusToken: input.statusToken ?? null,
      ...{ draftId: input.draftId, status: 'accepted', customerId: input.customerId, productId: input.productId },
      ...{ serviceId: null, storeId: actor.storeId, siteId: site?.id ?? null },
      ...{ billingContactId: billingContact?.id ?? null, technicalContactId: technicalContact?.id ?? null },
      ...{ purchaseOrder: input.purchaseOrder || null, costCentre: input.costCentre || null },
      ...{ installationDate: input.installationDate ?? null, autoRenew },
      ...{ createdByKind: actor.kind, createdById: actor.id, createdByName: actor.name, createdAt: now, endedAt: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(explainViolation);
  return id;
}

function explainViolation(error: unknown): never {
  if (violatedConstraint(error) !== 'orders_status_token_key') throw error;
  throw fail('invalid_input', { issues: [{ path: 'statusToken', message: 'is the token of another order' }] });
}

/** AO-3: an add-on makes none; a plan makes one, pending. */
async function newService(
  { tx, actor, clock }: CommandContext,
  { product, customer, site, billingContact, technicalContact }: OrderFacts,
  items: readonly Item[],
  autoRenew: boolean,
): Promise<ServiceRow> {
  const naming = { productName: product.name, siteName: site?.name ?? null, customerName: customer.name };
  return createService(tx, {
    name: serviceName({ ...naming, identifiers: items.map(({ identifiers }) => identifiers) }),
    ...{ customerId: customer.id, product, autoRenew, storeId: actor.storeId, siteId: site?.id ?? null },
    ...{ billingContactId: billingContact?.id ?? null, technicalContactId: technicalContact?.id ?? null },
    now: clock.now(),
  });
}

import type { Draft } from '#core/assignment/draft.ts';
import { isHeld, missingOf } from '#core/assignment/steps.ts';
import type { PreflightCheck } from '#core/domain/preflight.ts';
import { isOffered } from '#core/domain/product.ts';
import { addonTargets } from '#core/domain/service.ts';
import { fail } from '../failures.ts';

/*
 * What head office would refuse, as far as this desk can tell: the same rules on the rows of its directory.
 */

/** Throws what head office would for a customer or a product. The draft misses nothing. */
export function refuseUnfit({ customer, product, choices }: Draft): void {
  if (customer === null || product === null) return;
  if (customer.status !== 'open') throw fail('customer_not_open', { status: customer.status });
  if (!isOffered(product)) throw fail('product_not_offered', { productId: product.id });
  if (!isOffered(product, customer.type)) throw fail('not_eligible', { customerType: customer.type });
  if (product.category === 'addon' && addonTargets(product, choices.services).length === 0) {
    throw fail('no_matching_service');
  }
}

const check = (key: PreflightCheck['key'], good: boolean, data: Record<string, unknown> = {}): PreflightCheck => ({
  key,
  state: good ? 'ok' : 'failed',
  data: good ? {} : data,
});

/** The desk's own checks before Confirm, and that head office could not be asked. */
export function checksHere(draft: Draft, now: Date): PreflightCheck[] {
  const { customer, product, choices } = draft;
  if (customer === null || product === null) return [];
  const missing = missingOf(draft);
  const isAddon = product.category === 'addon';
  const fits = !isAddon || addonTargets(product, choices.services).some(({ id }) => id === draft.serviceId);
  const renews = product.recurring !== null && draft.autoRenew === true && !customer.hasPaymentMethod;
  return [
    check('customer_open', customer.status === 'open', { status: customer.status }),
    check('product_offered', product.enabled, { productName: product.name, playbook: product.playbook }),
    check('eligible', product.customerTypes.includes(customer.type), { customerType: customer.type }),
    check('complete', missing.length === 0, { missing }),
    itemsCheck(draft, now),
    check('service_matches', fits, { serviceType: product.serviceType }),
    { key: 'payment_method', state: renews ? 'warning' : 'ok', data: {} },
    { key: 'head_office', state: 'warning', data: {} },
  ];
}

function itemsCheck({ items }: Draft, now: Date): PreflightCheck {
  const lapsed = items.filter((item) => !isHeld(item, now));
  const faults = lapsed.map(({ item, template }) => ({
    ...{ itemId: item.id, label: item.label, template },
    reason: 'not_held' as const,
  }));
  return faults.length === 0
    ? { key: 'items_held', state: 'ok', data: {} }
    : { key: 'items_held', state: 'warning', data: { items: faults } };
}

import type { Customer } from '../domain/customer.ts';
import type { Money } from '../domain/money.ts';
import { isOffered, type Product } from '../domain/product.ts';
import type { Draft, DraftItem } from './draft.ts';

/** Why a list of products is empty; the first cause that holds, in the order staff can do something about it (PA-4). */
export type EmptyCause = 'nothing_enabled' | 'other_customer_type' | 'not_for_item' | 'not_for_service';

/** Type of the service that this draft adds to, when it began beside one (AO-1). */
export function targetServiceType(draft: Draft): Product['serviceType'] | null {
  if (draft.startedFrom !== 'service') return null;
  return draft.choices.services.find((service) => service.id === draft.serviceId)?.serviceType ?? null;
}

/** Items that staff chose themselves: a scanned SIM narrows the products to those that take one. */
function chosenTemplates(draft: Draft): string[] {
  return draft.items.filter((item) => !item.suggested).map((item) => item.template);
}

function fitsItems(product: Product, draft: Draft): boolean {
  return chosenTemplates(draft).every((template) =>
    product.inventoryTemplates.some((wanted) => wanted.template === template),
  );
}

function fitsService(product: Product, draft: Draft): boolean {
  const type = targetServiceType(draft);
  return type === null || (product.category === 'addon' && product.serviceType === type);
}

/**
 * Products this draft may take: on offer, for the customer's type, using the items already in hand, and for the service
 * the draft began at (PA-3, AO-1). `type` stands in for the customer's while nobody is chosen.
 */
export function offersFor(draft: Draft, products: readonly Product[], type?: Customer['type']): Product[] {
  return products.filter(
    (product) =>
      isOffered(product, draft.customer?.type ?? type) && fitsItems(product, draft) && fitsService(product, draft),
  );
}

/** Says why `offersFor` gives nothing; null when it gives something. */
export function whyNoOffers(draft: Draft, products: readonly Product[], type?: Customer['type']): EmptyCause | null {
  const enabled = products.filter((product) => product.enabled);
  if (enabled.length === 0) return 'nothing_enabled';
  const eligible = enabled.filter((product) => isOffered(product, draft.customer?.type ?? type));
  if (eligible.length === 0) return 'other_customer_type';
  const fitting = eligible.filter((product) => fitsItems(product, draft));
  if (fitting.length === 0) return 'not_for_item';
  return fitting.some((product) => fitsService(product, draft)) ? null : 'not_for_service';
}

/** Items of the draft that its product has no slot for; they are never ordered. */
export function strayItems(draft: Draft): DraftItem[] {
  const { product } = draft;
  if (product === null) return [];
  return draft.items.filter((item) => !product.inventoryTemplates.some((wanted) => wanted.template === item.template));
}

export interface Prices {
  /** Due once, now: the set-up fee, or the price of a one-off add-on. */
  readonly once: Money;
  readonly recurring: Product['recurring'];
}

export function pricesOf(draft: Draft): Prices | null {
  return draft.product === null ? null : { once: draft.product.setup, recurring: draft.product.recurring };
}

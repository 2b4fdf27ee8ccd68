import type { Ask, Product } from '#core/domain/product.ts';
import type { OrderFacts } from './facts.ts';

/** Business fields with the name of the code that says they are missing (assignment/steps.ts). */
type Field = keyof Product['businessFields'];

function given({ input, site, billingContact, technicalContact }: OrderFacts, field: Field): boolean {
  switch (field) {
    case 'site':
      return site !== null;
    case 'billingContact':
      return billingContact !== null;
    case 'technicalContact':
      return technicalContact !== null;
    case 'purchaseOrder':
      return (input.purchaseOrder ?? '') !== '';
    case 'costCentre':
      return (input.costCentre ?? '') !== '';
  }
}

/** BZ-2, BZ-4: what a product requires of businesses; a site it requires of everyone (BZ-3). */
function missingFields(facts: OrderFacts): string[] {
  const fields = Object.entries(facts.product.businessFields) as [Field, Ask][];
  const business = facts.customer.type === 'business';
  return fields
    .filter(([field, ask]) => ask === 'required' && (business || field === 'site'))
    .map(([field]) => field)
    .filter((field) => !given(facts, field));
}

/** A site or contact that was named, and is not one of the customer's. */
function foreign({ input, site, billingContact, technicalContact }: OrderFacts): string[] {
  return [
    ...(input.siteId != null && site === null ? ['site'] : []),
    ...(input.billingContactId != null && billingContact === null ? ['billingContact'] : []),
    ...(input.technicalContactId != null && technicalContact === null ? ['technicalContact'] : []),
  ];
}

/** Codes of what the order misses, as in assignment/steps.ts; empty when it is complete. */
export function missingOfOrder(facts: OrderFacts): string[] {
  const { product, input } = facts;
  const items = product.inventoryTemplates
    .filter(({ template, required }) => required && !input.items.some((item) => item.template === template))
    .map(({ template }) => `item:${template}`);
  const service = product.category === 'addon' && input.serviceId == null ? ['service'] : [];
  return [...new Set([...service, ...items, ...missingFields(facts), ...foreign(facts)])];
}

/** AO-1: the customer's own, in use, of the add-on's type. A plan needs none. */
export function serviceFits({ product, service }: OrderFacts): boolean {
  if (product.category === 'plan') return true;
  return service !== null && service.status === 'active' && service.serviceType === product.serviceType;
}

/** An item that the product has no slot for, or a second one for the same slot; null when all fit. */
export function strayItem({ product, input }: OrderFacts): number | null {
  const slots = new Set(product.inventoryTemplates.map(({ template }) => template));
  const stray = input.items.find(({ template }) => !slots.delete(template));
  return stray?.itemId ?? null;
}

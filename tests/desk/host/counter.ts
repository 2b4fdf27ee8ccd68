import type { Product } from '#core/domain/product.ts';
import type { Service } from '#core/domain/service.ts';
import type { TestDesk } from './test-desk.ts';

/** What the demo operator has, as the seed names it. */
export const SALES = 'sales@demo.comptoir.test';
export const JOHN_SMITH = 123;
export const JOHNSON_ENTERPRISES = 789;

export async function productBySlug({ desk }: TestDesk, slug: string): Promise<Product> {
  const { items } = await desk.products.list({ limit: 500 });
  const product = items.find((one) => one.slug === slug);
  if (product === undefined) throw new Error(`the demo has no product ${slug}`);
  return product;
}

/** Free items of a template in the person's store, the first by label first. */
export async function freeItems({ desk }: TestDesk, template: string, limit = 10) {
  const { items } = await desk.inventory.items({ template, storeId: 1, pickable: true, limit: 500 });
  return items.filter(({ reservation, status }) => reservation === null && status !== 'reserved').slice(0, limit);
}

/** A draft that misses nothing: the seed's mobile plan for John Smith, with a free SIM. */
export async function completeDraft(counter: TestDesk) {
  const { id: productId } = await productBySlug(counter, 'mobile-20gb');
  const draft = await counter.desk.drafts.create({ productId, customerId: JOHN_SMITH });
  const [sim] = await freeItems(counter, 'sim_card');
  if (sim === undefined) throw new Error('the store has no SIM left');
  return counter.desk.drafts.chooseItem({ draftId: draft.id, itemId: sim.id });
}

/** A customer's mobile service that is in use: the demo's generated customers have some. */
export async function activeMobileService({ desk }: TestDesk): Promise<Service> {
  const { items: customers } = await desk.customers.list({ limit: 100 });
  for (const { id } of customers) {
    const { items } = await desk.customers.services({ id });
    const found = items.find(({ serviceType, status }) => serviceType === 'mobile' && status === 'active');
    if (found !== undefined) return found;
  }
  throw new Error('the demo has no active mobile service');
}

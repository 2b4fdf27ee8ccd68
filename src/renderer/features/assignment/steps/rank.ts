import type { Product } from '#core/domain/product.ts';
import type { Order } from '#core/domain/provisioning.ts';

/** The customer whose ID was typed comes first, whoever else matches; the others keep their order. */
export function byExactId<T extends { id: number }>(rows: readonly T[], text: string): T[] {
  const wanted = text.replace(/^#/, '');
  const isExact = ({ id }: T) => String(id) === wanted;
  return [...rows.filter(isExact), ...rows.filter((row) => !isExact(row))];
}

/** Of the products on offer, the one sold most often lately; the first of them when none was. */
export function likeliestProduct(
  offers: readonly Pick<Product, 'id' | 'category'>[],
  lately: readonly Pick<Order, 'productId'>[],
): number | null {
  const sold = new Map<number, number>();
  for (const { productId } of lately) sold.set(productId, (sold.get(productId) ?? 0) + 1);
  const plans = offers.filter(({ category }) => category === 'plan');
  const candidates = plans.length > 0 ? plans : offers;
  const best = candidates.reduce<{ id: number; times: number } | null>((found, { id }) => {
    const times = sold.get(id) ?? 0;
    return found === null || times > found.times ? { id, times } : found;
  }, null);
  return best?.id ?? null;
}

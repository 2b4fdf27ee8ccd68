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

type Named = Pick<Product, 'name' | 'description'>;

/** Those in which each word of the text stands somewhere. */
export function matchingProducts<T extends Named>(products: readonly T[], text: string): T[] {
  return products.filter((product) => holdsWords(`${product.name} ${product.description}`, text));
}

/** Of matching products, those that Enter may mean: the text stands in the name as it was typed, else word by word. */
export function closestProducts<T extends Named>(matching: readonly T[], text: string): readonly T[] {
  const phrase = text.trim().toLocaleLowerCase();
  const asTyped = matching.filter(({ name }) => name.toLocaleLowerCase().includes(phrase));
  if (asTyped.length > 0) return asTyped;
  const inName = matching.filter(({ name }) => holdsWords(name, text));
  return inName.length > 0 ? inName : matching;
}

function holdsWords(within: string, text: string): boolean {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => within.toLocaleLowerCase().includes(word));
}

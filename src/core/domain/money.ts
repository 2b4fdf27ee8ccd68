import { z } from 'zod';

/** An amount in integer minor units (pence, cents) of an ISO 4217 currency. Charges are positive, credits negative. */
export const moneySchema = z.object({
  amount: z.int(),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type Money = z.infer<typeof moneySchema>;

/** Sums amounts of one currency. Throws on mixed currencies: that is a programming error, never user input. */
export function addMoney(first: Money, ...rest: Money[]): Money {
  return rest.reduce((sum, money) => {
    if (money.currency !== sum.currency) throw new Error(`cannot add ${money.currency} to ${sum.currency}`);
    return { amount: sum.amount + money.amount, currency: sum.currency };
  }, first);
}

/** Splits an amount over weights; the parts always sum back to the whole (largest remainder first). */
export function splitMoney(whole: Money, weights: readonly number[]): Money[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (weights.length === 0 || !(total > 0) || weights.some((weight) => weight < 0)) {
    throw new Error('weights must be non-negative and sum to more than zero');
  }
  const shares = weights.map((weight) => (whole.amount * weight) / total);
  const floors = shares.map(Math.floor);
  let left = whole.amount - floors.reduce((sum, part) => sum + part, 0);
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left <= 0) break;
    floors[index] = (floors[index] ?? 0) + 1;
    left -= 1;
  }
  return floors.map((amount) => ({ amount, currency: whole.currency }));
}

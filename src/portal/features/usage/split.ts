import type { Destination, UsageOfType } from '#core/domain/charging.ts';

export interface SplitPart {
  readonly destination: Destination;
  readonly quantity: number;
  /** Of all that was used, 0 to 1. */
  readonly share: number;
}

const destinations = ['on_net', 'off_net', 'international', 'premium'] as const satisfies readonly Destination[];

/** Use by where it went, in one fixed order; all four, so that nothing used abroad is also an answer. */
export function splitOf(byDestination: UsageOfType['byDestination']): SplitPart[] {
  const quantityTo = (destination: Destination) =>
    byDestination.reduce((sum, part) => (part.destination === destination ? sum + part.quantity : sum), 0);
  const quantities = destinations.map((destination) => ({ destination, quantity: quantityTo(destination) }));
  const sum = quantities.reduce((before, { quantity }) => before + quantity, 0);
  return quantities.map((part) => ({ ...part, share: sum === 0 ? 0 : part.quantity / sum }));
}

/** Whether a type's section says anything: something to use, something used, or a top-up to look back on. */
export function hasUse({ total, usedThisPeriod, uncovered, days }: UsageOfType): boolean {
  return total > 0 || usedThisPeriod > 0 || uncovered > 0 || days.some(({ quantity }) => quantity > 0);
}

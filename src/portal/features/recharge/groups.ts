import type { Offer } from '#core/contract/portal/services.ts';

/** TU-2: top-ups by what they give, then add-ons. */
export const offerGroups = ['data', 'voice', 'sms', 'monetary', 'other', 'add_on'] as const;
export type OfferGroup = (typeof offerGroups)[number];

function groupOf(offer: Offer): OfferGroup {
  if (offer.kind === 'add_on') return 'add_on';
  return offer.gives?.type ?? 'other';
}

const priceOf = ({ once, recurring }: Offer): number => once.amount + (recurring?.price.amount ?? 0);

/** Offers for a service in their groups, the smallest first; plans and empty groups are left out. */
export function groupOffers(offers: readonly Offer[]): { group: OfferGroup; offers: Offer[] }[] {
  const forService = offers.filter(({ kind }) => kind !== 'plan');
  return offerGroups.flatMap((group) => {
    const own = forService.filter((offer) => groupOf(offer) === group);
    const sorted = own.sort(
      (a, b) => (a.gives?.quantity ?? 0) - (b.gives?.quantity ?? 0) || priceOf(a) - priceOf(b) || a.id - b.id,
    );
    return sorted.length === 0 ? [] : [{ group, offers: sorted }];
  });
}

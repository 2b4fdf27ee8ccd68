import type { Draft } from '#core/assignment/draft.ts';

/** The draft with head office's numbers in place of the desk's own ids that have one by now. */
export function withNumbers(draft: Draft, numbers: ReadonlyMap<number, number>): Draft {
  if (numbers.size === 0) return draft;
  const known = (id: number) => numbers.get(id) ?? id;
  const renumbered = <T extends { id: number; customerId: number }>(one: T): T => ({
    ...one,
    id: known(one.id),
    customerId: known(one.customerId),
  });
  const { customer, choices } = draft;
  return {
    ...draft,
    customer: customer === null ? null : { ...customer, id: known(customer.id) },
    choices: {
      ...choices,
      sites: choices.sites.map(renumbered),
      contacts: choices.contacts.map(renumbered),
    },
    siteId: draft.siteId === null ? null : known(draft.siteId),
    billingContactId: draft.billingContactId === null ? null : known(draft.billingContactId),
    technicalContactId: draft.technicalContactId === null ? null : known(draft.technicalContactId),
  };
}

import type { DraftChoices } from '#core/assignment/draft.ts';
import type { DraftReads } from './reads.ts';

const EVERYTHING = 500;

/** What a customer's record offers for the wizard's choices: sites, contacts, and the services an add-on may go on (AO-1). */
export async function choicesOf(reads: DraftReads, customerId: number): Promise<DraftChoices> {
  const ofCustomer = { id: customerId, limit: EVERYTHING };
  const [sites, contacts, services] = await Promise.all([
    reads.customers.sites(ofCustomer),
    reads.customers.contacts(ofCustomer),
    reads.customers.services(ofCustomer),
  ]);
  return {
    sites: sites.items,
    contacts: contacts.items,
    services: services.items
      .filter(({ status }) => status === 'active')
      .map(({ id, name, status, serviceType }) => ({ id, name, status, serviceType })),
  };
}

export const NO_CHOICES: DraftChoices = { sites: [], contacts: [], services: [] };

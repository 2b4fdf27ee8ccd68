import type { DraftChoices } from '#core/assignment/draft.ts';
import type { Central } from '../central/client.ts';

const EVERYTHING = 500;

/** What a customer's record offers for the wizard's choices: sites, contacts, and the services an add-on may go on (AO-1). */
export async function choicesOf(central: Central, customerId: number): Promise<DraftChoices> {
  const ofCustomer = { id: customerId, limit: EVERYTHING };
  const [sites, contacts, services] = await Promise.all([
    central.customers.sites(ofCustomer),
    central.customers.contacts(ofCustomer),
    central.customers.services(ofCustomer),
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

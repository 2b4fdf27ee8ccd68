import type { Service } from '#core/domain/service.ts';
import { listActivity } from '../audit/read.ts';
import type { QueryContext } from '../context.ts';
import { commands, queries } from '../http/implement.ts';
import type { Page } from '../http/page.ts';
import { changeCustomer } from './change.ts';
import { changeContact, createContact, listContacts } from './contacts.ts';
import { createCustomer } from './create.ts';
import { getCustomer, requireCustomer } from './customer-rows.ts';
import { listHeldItems } from './held-items.ts';
import { type OwnersOf, searchCustomers } from './search.ts';
import { createSite, listSites } from './sites.ts';

export type ListOfCustomer<T> = (
  context: QueryContext,
  input: { id: number; limit: number; cursor?: string },
) => Promise<Page<T>>;

/** What other features know about a customer. */
export interface CustomerNeighbours {
  readonly ownersOf: OwnersOf;
  readonly listServices?: ListOfCustomer<Service>;
}

export function customersRoutes({ ownersOf, listServices }: CustomerNeighbours) {
  return {
    customers: {
      list: queries.customers.list.handler(({ context, input }) => searchCustomers(context.db, ownersOf, input)),
      create: commands.customers.create.handler(({ context, input }) => createCustomer(context, input)),
      get: queries.customers.get.handler(({ context, input }) => getCustomer(context.db, input.id)),
      change: commands.customers.change.handler(({ context, input }) => changeCustomer(context, input)),
      ...(listServices && {
        services: queries.customers.services.handler(async ({ context, input }) => {
          await requireCustomer(context.db, input.id);
          return listServices(context, input);
        }),
      }),
      contacts: queries.customers.contacts.handler(({ context, input }) => listContacts(context.db, input)),
      createContact: commands.customers.createContact.handler(({ context, input }) => createContact(context, input)),
      changeContact: commands.customers.changeContact.handler(({ context, input: { id, contactId, ...fields } }) =>
        changeContact(context, { ...fields, id: contactId, customerId: id }),
      ),
      sites: queries.customers.sites.handler(({ context, input }) => listSites(context.db, input)),
      createSite: commands.customers.createSite.handler(({ context, input }) => createSite(context, input)),
      items: queries.customers.items.handler(async ({ context, input }) => {
        await requireCustomer(context.db, input.id);
        return listHeldItems(context.db, context.clock.now(), input);
      }),
      activity: queries.customers.activity.handler(async ({ context, input }) => {
        await requireCustomer(context.db, input.id);
        return listActivity(context.db, input, input.id);
      }),
    },
  };
}

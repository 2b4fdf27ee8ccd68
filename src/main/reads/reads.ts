import type { Draft } from '#core/assignment/draft.ts';
import type { Customer } from '#core/domain/customer.ts';
import type { Item } from '#core/domain/inventory.ts';
import type { Central } from '../central/client.ts';
import type { Store } from '../store/store.ts';
import type { Local } from './asked.ts';
import { getProduct, listProducts, listStores, listTemplates } from './catalogue.ts';
import { createCentralInfo } from './central-info.ts';
import { listCustomers } from './customers.ts';
import { findItem, getItem, listItems, lookupItem } from './items.ts';
import { createLocalFirst, type LocalFirstOptions } from './local-first.ts';
import { type Numbering, numberingOf } from './numbering.ts';
import { getCustomer, getService, listContacts, listServices, listSites } from './of-customer.ts';
import { createSearch } from './search.ts';

interface ReadsOptions extends Omit<LocalFirstOptions, 'numbering'> {
  readonly central: Central;
  readonly store: Store;
  /** The signed-in person's assignments on this desk. */
  readonly drafts: () => Promise<readonly Draft[]>;
}

/**
 * Central's reads, under central's names: on an enrolled desk whose directory is whole, answered from here first; on any
 * other desk central's own.
 */
export type Reads = ReturnType<typeof createReads>;

export function createReads(options: ReadsOptions) {
  const { central, store, desk, isOnline, now, drafts } = options;
  const info = createCentralInfo({ store, central, isOnline, now });
  const numbering = keepNumbering(info.country);
  const local = createLocalFirst({ ...options, numbering });
  const { answer } = local;
  const search = createSearch({ elsewhere: { find: (...asked) => findAtCentral(options, ...asked) }, drafts });
  return {
    products: { list: answer(listProducts, central.products.list), get: answer(getProduct, central.products.get) },
    customers: {
      list: answer(listCustomers, central.customers.list),
      get: answer(getCustomer, central.customers.get),
      services: answer(listServices, central.customers.services),
      contacts: answer(listContacts, central.customers.contacts),
      sites: answer(listSites, central.customers.sites),
    },
    services: { get: answer(getService, central.services.get) },
    inventory: {
      templates: answer(listTemplates, central.inventory.templates),
      items: answer(listItems, central.inventory.items),
      lookup: answer(lookupItem, central.inventory.lookup),
      item: answer(getItem, central.inventory.item),
    },
    stores: { list: answer(listStores, central.stores.list) },
    search: answer(search, central.search),
    system: {
      info: (...call: Parameters<Central['system']['info']>) =>
        desk() === null ? central.system.info(...call) : info.get(),
    },
    /** What is known without asking anyone; null when it is not, `undefined` on a desk that reads nothing of its own. */
    here: {
      item: async (code: string): Promise<Item | null | undefined> => known(await local.here(findItem, { code })),
      customer: async (id: number): Promise<Customer | null | undefined> =>
        known(await local.here(getCustomer, { id })),
    },
  };
}

function known<T>(answer: Local<T> | undefined): T | null | undefined {
  if (answer === undefined || answer === null) return answer;
  return 'whole' in answer ? answer.whole : answer.some;
}

/** The numbering plans, loaded once and anew for another country. */
function keepNumbering(countryOf: () => Promise<string>): () => Promise<Numbering> {
  let kept: { readonly country: string; readonly numbering: Promise<Numbering> } | undefined;
  return async () => {
    const country = kept?.country || (await countryOf());
    if (kept?.country !== country) kept = { country, numbering: numberingOf(country) };
    return kept.numbering;
  };
}

async function findAtCentral({ central, isOnline }: ReadsOptions, q: string, limit: number, timeoutMs: number) {
  if (!isOnline()) return [];
  try {
    return (await central.search({ q, limit }, { context: { timeoutMs, retry: 0 } })).items;
  } catch {
    // A search goes without head office then; what it knows is found by another way later.
    return [];
  }
}

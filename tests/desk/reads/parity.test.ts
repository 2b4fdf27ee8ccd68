import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '#core/domain/customer.ts';
import type { Item } from '#core/domain/inventory.ts';
import type { Service } from '#core/domain/service.ts';
import { type CentralClient, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { testFolders } from '../folder.ts';
import { centralAs, ownItems, type ReadsDesk, requestsOf, startReadsDesk } from './reads-desk.ts';

const newFolder = testFolders();
let central: TestCentral;
let office: CentralClient;
let customers: Customer[];
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small', demoCustomers: 200 });
  office = await centralAs(central);
  customers = (await office.customers.list({ limit: 500 })).items;
});
afterAll(() => central.stop());

const openDesk = () => startReadsDesk(central, newFolder());

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Every page of a list, with the cursors it was read by. */
async function allPages<T>(read: (cursor: string | undefined) => Promise<Page<T>>): Promise<Page<T>[]> {
  const pages: Page<T>[] = [];
  for (let cursor: string | undefined; pages.length < 100; ) {
    const page = await read(cursor);
    pages.push(page);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return pages;
}

/** A service as a desk has it: balances are asked for on their own. */
const withoutBalances = (service: Service): Service => ({ ...service, balances: [] });
/** An item as central has it. */
const withoutShare = ({ share: _, ...item }: Item): Item => item;

async function askBoth<T>(counter: ReadsDesk, ask: (of: CentralClient | ReadsDesk['desk']) => Promise<T>) {
  let here: T | undefined;
  const requests = await requestsOf(counter, async () => {
    here = await ask(counter.desk);
  });
  return { here: here as T, there: await ask(office), requests };
}

/** Parts of names, addresses, numbers and ids as staff type them, right and wrong. */
const typed = () => {
  const customer = fc.constantFrom(...customers);
  const part = (text: string) =>
    fc
      .tuple(fc.nat(Math.max(0, text.length - 1)), fc.integer({ min: 1, max: 12 }))
      .map(([start, length]) => text.slice(start, start + length));
  const name = customer.chain(({ name: text }) =>
    fc.oneof(
      part(text),
      fc.constant(text),
      fc.constant(text.toUpperCase()),
      fc.constant(text.split(' ').reverse().join(' ')),
      fc.constant(
        text
          .split(' ')
          .map((word) => word.slice(0, 3))
          .join(' '),
      ),
      fc.constant(text.split(' ').at(-1) ?? ''),
      fc.constant(text.slice(0, 1)),
    ),
  );
  const email = customer.chain(({ email: text }) => fc.oneof(part(text ?? 'x@'), fc.constant(text ?? '@')));
  const phone = customer.chain(({ phone: text }) =>
    fc.constantFrom(text ?? '0', (text ?? '0').slice(1), `0${(text ?? '0000').slice(3)}`, (text ?? '000').slice(0, 7)),
  );
  const id = customer.chain(({ id: number }) => fc.constantFrom(String(number), `#${number}`, String(number + 1)));
  return fc.oneof(
    name,
    name,
    email,
    phone,
    id,
    fc.string({ maxLength: 8 }),
    fc.constantFrom('', 'a', 'smith jo', '%', '_', '\\'),
  );
};

describe('the same question, here and at head office', () => {
  it('finds the same customers in the same order, page by page, without a request', async () => {
    const counter = await openDesk();
    const question = fc.record({
      q: typed(),
      type: fc.constantFrom('individual' as const, 'business' as const, undefined),
      limit: fc.constantFrom(7, 30, 500),
    });
    await fc.assert(
      fc.asyncProperty(question, async (input) => {
        const { here, there, requests } = await askBoth(counter, (of) =>
          allPages((cursor) => of.customers.list({ ...input, ...(cursor === undefined ? {} : { cursor }) })),
        );
        expect(requests).toEqual([]);
        expect(here).toEqual(there);
      }),
      { numRuns: 120 },
    );
  });

  it('opens the same customer with the same services, contacts and sites', async () => {
    const counter = await openDesk();
    for (const { id } of customers.slice(0, 60)) {
      const { here, there, requests } = await askBoth(counter, async (of) => ({
        customer: await of.customers.get({ id }),
        services: await allPages((cursor) => of.customers.services({ id, limit: 2, ...(cursor && { cursor }) })),
        contacts: await allPages((cursor) => of.customers.contacts({ id, limit: 1, ...(cursor && { cursor }) })),
        sites: await of.customers.sites({ id }),
      }));
      expect(requests).toEqual([]);
      const services = there.services.map((page) => ({ ...page, items: page.items.map(withoutBalances) }));
      expect(here).toEqual({ ...there, services });
    }
  });

  it('opens the same services', async () => {
    const counter = await openDesk();
    const pages = await Promise.all(customers.map(({ id }) => office.customers.services({ id })));
    const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(3);
    for (const id of ids) {
      const { here, there, requests } = await askBoth(counter, (of) => of.services.get({ id }));
      expect(requests).toEqual([]);
      expect(here).toEqual(withoutBalances(there));
    }
  });

  it('has the same catalogue, kinds of items and stores', async () => {
    const counter = await openDesk();
    const question = fc.record(
      {
        customerType: fc.constantFrom('individual' as const, 'business' as const),
        category: fc.constantFrom('plan' as const, 'addon' as const),
        serviceType: fc.constantFrom('mobile' as const, 'internet' as const, 'iptv' as const, 'voip' as const),
        limit: fc.constantFrom(1, 2, 50),
      },
      { requiredKeys: ['limit'] },
    );
    await fc.assert(
      fc.asyncProperty(question, async (input) => {
        const { here, there, requests } = await askBoth(counter, (of) =>
          allPages((cursor) => of.products.list({ ...input, ...(cursor && { cursor }) })),
        );
        expect(requests).toEqual([]);
        expect(here).toEqual(there);
      }),
      { numRuns: 40 },
    );
    const { here, there, requests } = await askBoth(counter, async (of) => ({
      templates: await of.inventory.templates(),
      stores: await of.stores.list(),
      products: await Promise.all((await office.products.list({})).items.map(({ id }) => of.products.get({ id }))),
    }));
    expect(requests).toEqual([]);
    expect(here).toEqual(there);
  });

  it('lists the same stock of the store in every order, with the same holds', async () => {
    const counter = await openDesk();
    const { items: cards } = await office.inventory.items({
      template: 'sim_card',
      storeId: 1,
      limit: 30,
      pickable: true,
    });
    const other = await openDesk();
    const [held] = await ownItems(other, 'sim_card');
    await other.desk.drafts.create({ itemId: held?.id });
    await counter.desk.sync.now();

    const sample = fc.constantFrom(...cards).chain((item) => {
      const iccid = item.identifiers.iccid ?? '';
      return fc.constantFrom(
        item.label,
        item.label.slice(-3),
        item.label.slice(0, 6),
        iccid,
        iccid.slice(-5),
        iccid.slice(0, 12),
      );
    });
    const number = fc.constantFrom('900', '7700', '07700', '+44', '900*1', '*00?', '+44*', '0044 7700 900', '12', '1');
    const question = fc.record(
      {
        template: fc.constantFrom('sim_card', 'mobile_number', 'modem', 'ont', 'nothing'),
        status: fc.constantFrom('new' as const, 'in_stock' as const, 'reserved' as const),
        q: fc.oneof(sample, number, fc.string({ maxLength: 5 })),
        sort: fc.constantFrom('label' as const, 'memorable' as const, 'newest' as const),
        limit: fc.constantFrom(40, 500),
      },
      { requiredKeys: ['limit', 'status'] },
    );
    await fc.assert(
      fc.asyncProperty(question, fc.boolean(), async ({ status, ...input }, pickable) => {
        const asked = { ...input, storeId: 1, ...(pickable ? { pickable: true } : { status }) };
        const { here, there } = await askBoth(counter, (of) =>
          allPages((cursor) => of.inventory.items({ ...asked, ...(cursor && { cursor }) })),
        );
        const stored = (page: Page<Item>) => page.items.filter(({ storeId }) => storeId === 1).map(withoutShare);
        expect(here.flatMap(stored)).toEqual(there.flatMap(stored));
      }),
      { numRuns: 80 },
    );
  });

  it('looks the same item up by each of its identifiers', async () => {
    const counter = await openDesk();
    const { items } = await office.inventory.items({ storeId: 1, pickable: true, limit: 25 });
    for (const item of items.filter(({ storeId }) => storeId === 1)) {
      for (const code of [item.label, ...Object.values(item.identifiers)]) {
        const { here, there, requests } = await askBoth(counter, (of) => of.inventory.lookup({ code }));
        expect(requests).toEqual([]);
        expect(here.item && withoutShare(here.item)).toEqual(there.item);
      }
      const { here, there } = await askBoth(counter, (of) => of.inventory.item({ id: item.id }));
      expect(withoutShare(here)).toEqual(there);
    }
  });

  it('the search over everything finds the same, but for items of other stores', async () => {
    const counter = await openDesk();
    const services = (
      await Promise.all(customers.slice(0, 30).map(({ id }) => office.customers.services({ id })))
    ).flatMap(({ items }) => items);
    const codes = services.flatMap(({ items }) =>
      items.flatMap(({ label, identifiers }) => [label, ...Object.values(identifiers)]),
    );
    const word = fc.oneof(typed(), fc.constantFrom(...codes), fc.constantFrom(...services.map(({ id }) => String(id))));
    // Of fewer letters head office shows the first few of all stores' items, and a desk those of its own.
    const question = word.filter((q) => q.trim().length > 3);
    await fc.assert(
      fc.asyncProperty(question, async (q) => {
        const { here, there } = await askBoth(counter, (of) => of.search({ q, limit: 50 }));
        const known = (hits: typeof here) => hits.items.filter(({ type }) => type !== 'item');
        expect(known(here)).toEqual(known(there));
        const own = new Set(there.items.map(({ type, id }) => `${type} ${id}`));
        expect(here.items.filter(({ type, id }) => !own.has(`${type} ${id}`))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

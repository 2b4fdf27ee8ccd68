import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Customer } from '#core/domain/customer.ts';
import type { Directory } from '../../../src/main/directory/directory.ts';
import { listCustomers } from '../../../src/main/reads/customers.ts';
import { numberingOf } from '../../../src/main/reads/numbering.ts';
import { type CentralClient, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { enrol } from '../../server/desks/desk-parts.ts';
import { testFolders } from '../folder.ts';
import { startDirectory } from './desk-directory.ts';

const newFolder = testFolders();
let central: TestCentral;
let office: CentralClient;
beforeAll(async () => {
  central = await startTestCentral();
  office = await central.asSales();
});
afterAll(() => central.stop());

const words = [
  ...['O’Brien', "D'Ángelo", 'Jean-Luc', 'Łukasz', 'Çelik', 'İbrahim', 'Straße', 'MÜLLER', 'ﬁne', 'Nguyễn Văn'],
  ...['محمد', 'עברית', 'Иванов', '山田', '太郎', '😀', 'Zoë', 'x"y', 'a_b', '50%', 'back\\slash', 'Smith', 'Smithson'],
];
const name = () => fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((some) => some.join(' '));
const phone = () => fc.integer({ min: 100_000, max: 999_999 }).map((digits) => `+447700${digits}`);
const sampled = <T>(of: fc.Arbitrary<T>, numRuns: number) => fc.sample(of, { numRuns, seed: 71 });

/** What somebody may type: whole names, pieces of them from anywhere, addresses and numbers, in any case. */
function questions(customers: readonly Customer[]): fc.Arbitrary<string> {
  return fc.constantFrom(...customers).chain((customer) => {
    const text = fc.constantFrom(customer.name, customer.email ?? '@', customer.phone ?? '0', String(customer.id));
    // By characters: nobody types half an emoji, and no request can carry it.
    const piece = text.chain((whole) => {
      const letters = [...whole];
      const place = fc.nat(letters.length);
      return fc.tuple(place, place).map(([a, b]) => letters.slice(Math.min(a, b), Math.max(a, b)).join(''));
    });
    const turned = fc.constant(customer.name.split(' ').reverse().join(' '));
    return fc.oneof(
      text,
      piece,
      turned,
      turned.map((one) => one.toUpperCase()),
      fc.constantFrom(...words),
    );
  });
}

async function found(directory: Directory, q: string): Promise<number[]> {
  const reader = directory.reader();
  if (reader === null) throw new Error('there is nothing to read');
  const own = { customers: [], changes: [], contacts: [], sites: [], holds: [], givenBack: new Set<number>() };
  const numbering = await numberingOf('GB');
  const asked = {
    ...{ reader, own, realId: async (id: number) => id, desk: { id: '', storeId: 1 }, person: null },
    ...{ numbering: async () => numbering, now: new Date() },
  };
  const answer = await listCustomers(asked, { q, limit: 30 });
  return answer !== null && 'whole' in answer ? answer.whole.items.map(({ id }) => id) : [];
}

test('names of every script are found as head office finds them, in its order, also after they changed', async () => {
  const contacts: [number, string][] = [];
  for (const [index, one] of sampled(fc.tuple(name(), phone()), 90).entries()) {
    const reach = { phone: one[1], email: `Person.${index}@Example.test` };
    const made = await office.customers.create({ name: one[0], type: 'individual', allowDuplicate: true, ...reach });
    if (index % 3 === 0) contacts.push([made.id, `contact${index}@elsewhere.test`]);
  }
  const desk = await enrol(central, await central.asAdmin(), 'Till 1');
  const { directory, untilState } = startDirectory({
    url: central.url,
    folder: newFolder(),
    credential: desk.credential,
  });
  await untilState('current');

  const compare = async () => {
    await directory.caughtUp(10_000);
    const { items } = await office.customers.list({ limit: 500 });
    const question = fc.oneof(questions(items), fc.constantFrom(...contacts.map(([, email]) => email.slice(0, 9))));
    await fc.assert(
      fc.asyncProperty(question, async (q) => {
        const there = await office.customers.list({ q, limit: 30 });
        expect(await found(directory, q)).toEqual(there.items.map(({ id }) => id));
      }),
      { numRuns: 150 },
    );
  };
  await compare();
  for (const [id, email] of contacts) await office.customers.createContact({ id, name: 'Contact', email });
  const { items } = await office.customers.list({ limit: 500 });
  for (const [index, next] of sampled(name(), 30).entries()) {
    const customer = items[index * 2];
    if (customer !== undefined) await office.customers.change({ id: customer.id, name: next });
  }
  await compare();
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CentralClient, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
let sales: CentralClient;
const ids = new Map<string, number>();

const people = [
  { name: 'Anna Müller', email: 'anna@mail.test', phone: '+4915112345678' },
  { name: 'Hannah Miller', email: 'h.miller_99@mail.test', phone: '+447700900321' },
  { name: "Siobhán O'Brien", email: 'siobhan@brien.test', phone: '+353861234567' },
  { name: 'José María García López', email: null, phone: '+34600111222' },
  { name: 'محمد الأحمد', email: null, phone: null },
  { name: '山田 太郎', email: null, phone: null },
  { name: '🦄 Unicorn & Sons 100%', email: 'a_b+c@mail.test', phone: null },
  { name: 'Ann Ann', email: 'ann@mail.test', phone: null },
  { name: 'Łukasz Großmann-Østergård', email: null, phone: null },
  { name: `${'Long '.repeat(59)}Long!`, email: null, phone: null },
];

beforeAll(async () => {
  central = await startTestCentral();
  sales = await central.asSales();
  for (const person of people) {
    const { id } = await sales.customers.create({
      ...person,
      type: person.name.includes('&') ? 'business' : 'individual',
    });
    ids.set(person.name, id);
  }
});
afterAll(() => central.stop());

const namesFor = async (q: string) => (await sales.customers.list({ q })).items.map(({ name }) => name);

describe('customers are found', () => {
  test.each([
    ['anna', ['Anna Müller']],
    ['ANNA M', ['Anna Müller']],
    ['muller', ['Anna Müller']],
    ['müller', ['Anna Müller']],
    ['Mu\u0308ller', ['Anna Müller']],
    ['muller anna', ['Anna Müller']],
    ['obrien', ["Siobhán O'Brien"]],
    ["o'brien", ["Siobhán O'Brien"]],
    ['o’brien siobhan', ["Siobhán O'Brien"]],
    ['garcia', ['José María García López']],
    ['lopez jose', ['José María García López']],
    ['الأحمد', ['محمد الأحمد']],
    ['محمد', ['محمد الأحمد']],
    ['山田', ['山田 太郎']],
    ['太郎', ['山田 太郎']],
    ['🦄', ['🦄 Unicorn & Sons 100%']],
    ['unicorn', ['🦄 Unicorn & Sons 100%']],
    ['grossmann', ['Łukasz Großmann-Østergård']],
    ['ostergard lukasz', ['Łukasz Großmann-Østergård']],
    ['long long', [`${'Long '.repeat(59)}Long!`]],
  ])('by name: %s', async (q, names) => {
    expect(await namesFor(q)).toEqual(names);
  });

  test('what begins so comes first; what has it inside a word only when nothing begins so', async () => {
    expect(await namesFor('ann')).toEqual(['Ann Ann', 'Anna Müller']);
    expect(await namesFor('nnah')).toEqual(['Hannah Miller']);
    expect(await namesFor('mil')).toEqual(['Hannah Miller']);
  });

  test.each([
    ['anna@mail.test', ['Anna Müller']],
    ['ANNA@MAIL', ['Anna Müller']],
    ['h.miller', ['Hannah Miller']],
    ['miller_99', ['Hannah Miller']],
    ['@brien.test', ["Siobhán O'Brien"]],
    ['a_b+c', ['🦄 Unicorn & Sons 100%']],
  ])('by e-mail: %s', async (q, names) => {
    expect(await namesFor(q)).toEqual(names);
  });

  test.each([
    '+447700900321',
    '447700900321',
    '00447700900321',
    '07700 900321',
    '(07700) 900-321',
    '7700.900.321',
    '+44 7700 900 321',
    '900321',
    '＋４４７７００９００３２１',
  ])('by phone in any writing: %s', async (q) => {
    expect(await namesFor(q)).toEqual(['Hannah Miller']);
  });

  test('by their own number, with or without #, before those whose phone begins so', async () => {
    const id = ids.get('Ann Ann') ?? 0;
    expect((await namesFor(String(id)))[0]).toBe('Ann Ann');
    expect(await namesFor(`#${id}`)).toEqual(['Ann Ann']);
  });

  test('by a contact’s address', async () => {
    const id = ids.get('🦄 Unicorn & Sons 100%') ?? 0;
    await sales.customers.createContact({ id, name: 'Stable Boy', email: 'stable@horn.test', roles: ['billing'] });
    expect(await namesFor('stable@horn')).toEqual(['🦄 Unicorn & Sons 100%']);
  });

  test('by their new name and not by the old one, once it is changed', async () => {
    const { id } = await sales.customers.create({ name: 'Before Wedding', type: 'individual', phone: '+33199001234' });
    await sales.customers.change({ id, name: 'After Wedding', phone: '+33199005678' });
    expect(await namesFor('before')).toEqual([]);
    expect(await namesFor('after')).toEqual(['After Wedding']);
    expect(await namesFor('0199001234')).toEqual([]);
    expect(await namesFor('0199005678')).toEqual(['After Wedding']);
  });
});

describe('odd search texts', () => {
  test.each([
    '%',
    '_',
    '\\',
    "'",
    "' or 1=1 --",
    '";drop table customers;',
    '(',
    '*',
    '\\%',
    '%%%%',
    '.',
    '+',
    '#',
    '@',
    '٪',
  ])('%j finds nobody and breaks nothing', async (q) => {
    expect(await namesFor(q)).toEqual([]);
  });

  test('a NUL is refused, 300 characters are taken, 301 are not', async () => {
    await expect(namesFor('a\u0000b')).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await namesFor('x'.repeat(300))).toEqual([]);
    await expect(namesFor('x'.repeat(301))).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('thirty words are no problem', async () => {
    expect(await namesFor(Array.from({ length: 30 }, (_, n) => `word${n}`).join(' '))).toEqual([]);
  });
});

describe('pages', () => {
  test('every match appears once, whatever the page size', async () => {
    for (let n = 0; n < 25; n++) {
      const name = n % 3 === 0 ? `Paging Paging ${n}` : n % 3 === 1 ? `Paging ${n}` : `${n} Paging`;
      await sales.customers.create({ name, type: n % 5 === 0 ? 'business' : 'individual' });
    }
    for (const limit of [1, 4, 7, 25, 100]) {
      const seen = await allPages({ q: 'paging', limit });
      expect(seen).toHaveLength(25);
      expect(new Set(seen).size).toBe(25);
    }
    const inside = await allPages({ q: 'agin', limit: 4 });
    expect(new Set(inside).size).toBe(25);
    expect(await allPages({ q: 'paging', type: 'business', limit: 2 })).toHaveLength(5);
  });

  test('without a text everyone is listed once, the oldest first', async () => {
    const seen = await allPages({ limit: 6 });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    const { items } = await sales.customers.list({ limit: 500 });
    expect(seen).toHaveLength(items.length);
  });
});

async function allPages(input: { q?: string; type?: 'business'; limit: number }): Promise<number[]> {
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await sales.customers.list({ ...input, cursor });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return seen;
}

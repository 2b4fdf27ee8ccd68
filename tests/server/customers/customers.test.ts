import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CentralClient, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
let sales: CentralClient;
beforeAll(async () => {
  central = await startTestCentral();
  sales = await central.asSales();
});
afterAll(() => central.stop());

const individual = (name: string, rest = {}) => ({ name, type: 'individual' as const, ...rest });

describe('a new customer', () => {
  test.each([
    ["D'Arcy O’Néill-Ørsted"],
    ['💥 Boom & Sons 👩‍👩‍👧'],
    ['أحمد بن محمد'],
    ['יעל כהן'],
    ['  trimmed  '],
    ['<script>alert(1)</script>'],
    ["Robert'); drop table customers;--"],
    ['x'.repeat(300)],
    ['🦄'.repeat(150)],
    ['ﷺ'.repeat(300)],
    ['100% _under_ \\slash\\'],
  ])('may be called %j', async (name) => {
    const created = await sales.customers.create(individual(name));
    expect(created).toMatchObject({ name: name.trim(), status: 'open', version: 1, hasPaymentMethod: false });
    expect(await sales.customers.get({ id: created.id })).toEqual(created);
  });

  test.each([[''], ['   '], ['x'.repeat(301)], ['a\u0000b'], ['tab\there'], ['line\nbreak'], ['\u007f']])(
    'can not be called %j',
    async (name) => {
      await expect(sales.customers.create(individual(name))).rejects.toMatchObject({
        code: 'invalid_input',
        data: { issues: [expect.objectContaining({ path: 'name' })] },
      });
    },
  );

  test.each([
    [{ phone: '07700 900123' }, 'phone'],
    [{ phone: '+0123456789' }, 'phone'],
    [{ phone: '+1234567890123456' }, 'phone'],
    [{ email: 'not an address' }, 'email'],
    [{ email: 'a@b' }, 'email'],
    [{ language: 'de' }, 'language'],
  ])('with %j is refused, and told where', async (wrong, path) => {
    await expect(sales.customers.create(individual('Wrong', wrong) as never)).rejects.toMatchObject({
      code: 'invalid_input',
      data: { issues: [expect.objectContaining({ path })] },
    });
  });
});

describe('possible duplicates', () => {
  test.each([
    ['the same e-mail, in capitals', individual('Someone Else', { email: 'TWIN@mail.test' })],
    ['the same phone', individual('Another', { phone: '+447700900555' })],
    ['the same name and type, written otherwise', individual('josé  FERNÁNDEZ')],
  ])('%s: staff are shown who', async (_title, twin) => {
    const original = await sales.customers.create(
      individual('Jose Fernandez', { email: 'twin@mail.test', phone: '+447700900555', allowDuplicate: true }),
    );
    const refusal = await sales.customers.create(twin).catch((error) => error);
    expect(refusal).toMatchObject({ code: 'possible_duplicate', status: 409 });
    expect(refusal.data.customers.map(({ name }: { name: string }) => name)).toContain('Jose Fernandez');
    const allowed = await sales.customers.create({ ...twin, allowDuplicate: true });
    expect(allowed.id).toBeGreaterThan(original.id);
  });

  test('a business of a person’s name is another customer', async () => {
    await sales.customers.create(individual('Grace Hopper'));
    await expect(sales.customers.create({ name: 'Grace Hopper', type: 'business' })).resolves.toMatchObject({
      type: 'business',
    });
  });

  test('a contact’s address counts', async () => {
    const { id } = await sales.customers.create({ name: 'Acme', type: 'business' });
    await sales.customers.createContact({ id, name: 'Jane', email: 'jane@acme.test', roles: ['billing'] });
    await expect(sales.customers.create(individual('Jane', { email: 'jane@acme.test' }))).rejects.toMatchObject({
      data: { customers: [{ id, name: 'Acme' }] },
    });
  });
});

describe('changing a customer', () => {
  test('changes only what is named and counts the version up', async () => {
    const created = await sales.customers.create(individual('Change Me', { phone: '+33199000001' }));
    const changed = await sales.customers.change({ id: created.id, email: 'new@mail.test' });
    expect(changed).toEqual({ ...created, email: 'new@mail.test', version: 2 });
    expect(await sales.customers.change({ id: created.id, email: 'new@mail.test' })).toEqual(changed);
    expect((await sales.customers.change({ id: created.id, phone: null })).phone).toBeNull();
  });

  test('with a version that is not the current one is refused', async () => {
    const { id } = await sales.customers.create(individual('Two Desks'));
    await sales.customers.change({ id, version: 1, language: 'fr' });
    await expect(sales.customers.change({ id, version: 1, language: 'es' })).rejects.toMatchObject({
      code: 'changed_meanwhile',
    });
    expect((await sales.customers.get({ id })).language).toBe('fr');
  });

  test('at ten desks at once, with the version they all read: one succeeds', async () => {
    const { id } = await sales.customers.create(individual('Ten Desks'));
    const calls = Array.from({ length: 10 }, (_, n) =>
      sales.customers.change({ id, version: 1, taxIdentifier: `T${n}` }),
    );
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await sales.customers.get({ id })).version).toBe(2);
  });

  test('that does not exist is not found', async () => {
    await expect(sales.customers.change({ id: 999_999, name: 'X' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(sales.customers.get({ id: 999_999 })).rejects.toMatchObject({
      code: 'not_found',
      data: { what: 'customer' },
    });
  });

  test('a closed one stays readable and changeable, and says that it is closed', async () => {
    const { id } = await sales.customers.create(individual('Closing Down'));
    expect((await sales.customers.change({ id, status: 'closed' })).status).toBe('closed');
    expect((await sales.customers.list({ q: 'closing down' })).items).toMatchObject([{ id, status: 'closed' }]);
    expect((await sales.customers.change({ id, status: 'open' })).status).toBe('open');
  });
});

describe('what belongs to a customer', () => {
  test('contacts, sites, services and items of one who does not exist are not found', async () => {
    const input = { id: 999_999 };
    const calls = [
      () => sales.customers.contacts(input),
      () => sales.customers.sites(input),
      () => sales.customers.services(input),
      () => sales.customers.items(input),
      () => sales.customers.activity(input),
      () => sales.customers.createContact({ ...input, name: 'X' }),
      () => sales.customers.createSite({ ...input, name: 'X', address: 'Y' }),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a site and a contact are added and listed', async () => {
    const { id } = await sales.customers.create({ name: 'Sited', type: 'business' });
    const site = await sales.customers.createSite({ id, name: 'HQ', address: '1 Main St' });
    const contact = await sales.customers.createContact({
      id,
      name: 'Bob',
      phone: '+33199000002',
      roles: ['technical'],
    });
    expect((await sales.customers.sites({ id })).items).toEqual([site]);
    expect((await sales.customers.contacts({ id })).items).toEqual([contact]);
    expect(contact).toMatchObject({ customerId: id, email: null, hasLogin: false });
  });

  test('a contact is changed where it is named, found by what is new, and left alone by what it is already', async () => {
    const { id } = await sales.customers.create(individual('Owner of Contacts'));
    const { id: contactId } = await sales.customers.createContact({ id, name: 'Zora Before', roles: ['primary'] });
    const email = 'zora.after@mail.test';
    const changed = await sales.customers.changeContact({ id, contactId, name: 'Zora After', email });
    expect(changed).toMatchObject({ name: 'Zora After', email, phone: null, roles: ['primary'] });
    expect((await sales.customers.list({ q: email, limit: 5 })).items.map((one) => one.id)).toEqual([id]);
    await sales.customers.changeContact({ id, contactId, name: 'Zora After', email, roles: ['primary'] });
    expect((await sales.customers.contacts({ id })).items).toEqual([changed]);
    const { items } = await sales.customers.activity({ id });
    expect(items.filter(({ action }) => action === 'contact.changed').map(({ detail }) => detail)).toEqual([
      { name: { from: 'Zora Before', to: 'Zora After' }, email: { from: null, to: email } },
    ]);
  });

  test('another customer’s contact is not found, and bad fields are told', async () => {
    const [one, two] = [
      await sales.customers.create(individual('First Owner')),
      await sales.customers.create(individual('Second Owner')),
    ];
    const contact = await sales.customers.createContact({ id: one.id, name: 'Not Yours' });
    const foreign = { id: two.id, contactId: contact.id };
    await expect(sales.customers.changeContact({ ...foreign, name: 'Mine' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(
      sales.customers.changeContact({ id: one.id, contactId: contact.id, email: 'nobody@' }),
    ).rejects.toMatchObject({ code: 'invalid_input', data: { issues: [expect.objectContaining({ path: 'email' })] } });
    expect((await sales.customers.contacts({ id: one.id })).items).toEqual([contact]);
  });

  test('the activity tells who did what, newest first', async () => {
    const { id } = await sales.customers.create(individual('Watched'));
    await sales.customers.change({ id, language: 'pt' });
    await sales.customers.createSite({ id, name: 'Home', address: 'Rua Augusta' });
    const { items } = await sales.customers.activity({ id });
    expect(items.map(({ action }) => action)).toEqual(['site.created', 'customer.changed', 'customer.created']);
    expect(items[1]?.detail).toEqual({ language: { from: 'en', to: 'pt' } });
    expect(new Set(items.map(({ actorName }) => actorName))).toEqual(new Set(['Sam Sales']));
  });
});

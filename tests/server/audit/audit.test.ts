import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
beforeEach(async () => {
  central = await startTestCentral();
});
afterEach(() => central.stop());

async function workABit(count: number): Promise<void> {
  const sales = await central.asSales();
  const one = (index: number) => sales.customers.create({ name: `Customer ${index}`, type: 'individual' });
  await Promise.all(Array.from({ length: count }, (_, index) => one(index)));
}

const verify = async () => (await central.asAdmin()).audit.verify();

describe('the audit', () => {
  test('names who did what to whom, newest first, and is read in pages', async () => {
    await workABit(5);
    const admin = await central.asAdmin();
    const first = await admin.audit.list({ limit: 3 });
    expect(first.items).toHaveLength(3);
    const rest = await admin.audit.list({ cursor: first.nextCursor ?? '' });
    const all = [...first.items, ...rest.items];
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => b - a));
    const created = all.filter(({ action }) => action === 'customer.created');
    expect(created).toHaveLength(5);
    expect(created[0]).toMatchObject({ actorName: 'Sam Sales', effectiveName: null, subject: { type: 'customer' } });
  });

  test('an effect that fails leaves no line, and one that succeeds leaves exactly one', async () => {
    const sales = await central.asSales();
    await sales.customers.create({ name: 'Twice', type: 'individual' });
    await expect(sales.customers.create({ name: 'Twice', type: 'individual' })).rejects.toMatchObject({
      code: 'possible_duplicate',
    });
    const lines = await central.db
      .selectFrom('auditEntries')
      .selectAll()
      .where('action', '=', 'customer.created')
      .execute();
    expect(lines).toHaveLength(1);
  });

  test('of a busy hour, its chains are whole', async () => {
    await workABit(60);
    const { entries, intact, brokenAt } = await verify();
    expect({ intact, brokenAt }).toEqual({ intact: true, brokenAt: null });
    expect(entries).toBeGreaterThanOrEqual(60);
    const used = await central.db.selectFrom('auditChains').select('chain').where('position', '>', 0).execute();
    expect(used.length).toBeGreaterThan(1);
  });

  test.each([
    ['its text', sql`detail = '{"name":"Someone else"}'`],
    ['who did it', sql`actor_name = 'Nobody'`],
    ['in whose name', sql`effective_name = 'Nobody'`],
    ['when', sql`at = at + interval '1 second'`],
    ['whose it is', sql`customer_id = 424242`],
  ])('an entry is found out when someone edits %s', async (_title, edit) => {
    await workABit(12);
    const { id } = await anEntry();
    await sql`update audit_entries set ${edit} where id = ${id}`.execute(central.db);
    expect(await verify()).toMatchObject({ intact: false, brokenAt: id });
  });

  test('a removed entry is found out, also the last of its chain', async () => {
    await workABit(30);
    const { chain, position } = await anEntry();
    await sql`delete from audit_entries where chain = ${chain} and position = ${position}`.execute(central.db);
    expect(await verify()).toMatchObject({ intact: false });
  });

  test('the end of a chain that is cut off is found out', async () => {
    await workABit(30);
    const end = await central.db
      .selectFrom('auditChains')
      .selectAll()
      .where('position', '>', 1)
      .orderBy('chain', 'desc')
      .executeTakeFirstOrThrow();
    await sql`delete from audit_entries where chain = ${end.chain} and position = ${end.position}`.execute(central.db);
    expect(await verify()).toMatchObject({ intact: false });
  });

  test('an entry that was slipped in is found out', async () => {
    await workABit(12);
    const { id } = await anEntry();
    await sql`insert into audit_entries (chain, position, at, action, actor_kind, actor_id, actor_name, subject_type,
        subject_id, detail, request_id, previous_hash, hash)
      select chain, (select position + 1 from audit_chains where audit_chains.chain = audit_entries.chain), at, action,
        actor_kind, actor_id, 'Slipped in', subject_type, subject_id, detail, request_id, hash, hash
      from audit_entries where id = ${id}`.execute(central.db);
    expect(await verify()).toMatchObject({ intact: false });
  });

  test('characters that no database can hold do not stop a command', async () => {
    const admin = await central.asAdmin();
    await admin.customers
      .create({ name: 'Plain', type: 'individual', taxIdentifier: 'half \ud800 pair' })
      .catch((error) => {
        expect(error.code).toBe('invalid_input');
      });
    expect(await verify()).toMatchObject({ intact: true });
  });
});

async function anEntry() {
  return central.db
    .selectFrom('auditEntries')
    .select(['id', 'chain', 'position'])
    .where('action', '=', 'customer.created')
    .orderBy('id')
    .executeTakeFirstOrThrow();
}

import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../../src/server/audit/verify.ts';
import { writeAudit } from '../../../src/server/audit/write.ts';
import { systemActor } from '../../../src/server/context.ts';
import { type Connection, connect } from '../../../src/server/database/connection.ts';
import { createTestDatabase, type TestDatabase } from '../../parts/database.ts';

let database: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url);
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

const tables = sql`truncate audit_entries; update audit_chains set position = 0, hash = ''`;
beforeEach(() => tables.execute(connection.db));

/** As many commands at once, each with `entries` lines. */
async function write(commands: number, entries = 1): Promise<void> {
  const one = (index: number) =>
    connection.db.transaction().execute((tx) => {
      const line = { action: 'customer.created', subject: { type: 'customer', id: index }, customerId: index };
      const origin = { actor: systemActor, at: new Date(), requestId: `request-${index}` };
      const detail = { name: 'Zoë “O’Brien” 💥', ratio: 0.1 + 0.2, big: 12_345_678_901, none: null, gone: undefined };
      return writeAudit(
        tx,
        origin,
        Array.from({ length: entries }, () => ({ ...line, detail })),
      );
    });
  await Promise.all(Array.from({ length: commands }, (_, index) => one(index)));
}

const verify = () => verifyAudit(connection.db);

describe('the audit’s chains', () => {
  test('are whole after many commands at once, and more than one is used', async () => {
    await write(80, 2);
    expect(await verify()).toEqual({ entries: 160, intact: true, brokenAt: null });
    const used = await connection.db.selectFrom('auditChains').select('chain').where('position', '>', 0).execute();
    expect(used.length).toBeGreaterThan(1);
  });

  test('are whole when nothing was written yet', async () => {
    expect(await verify()).toEqual({ entries: 0, intact: true, brokenAt: null });
  });

  test('a command that fails leaves no line and no gap', async () => {
    await write(3);
    const failing = connection.db.transaction().execute(async (tx) => {
      const origin = { actor: systemActor, at: new Date(), requestId: 'failing' };
      await writeAudit(tx, origin, [{ action: 'customer.created', subject: { type: 'customer', id: 1 } }]);
      throw new Error('after the audit');
    });
    await expect(failing).rejects.toThrow('after the audit');
    await write(3);
    expect(await verify()).toMatchObject({ entries: 6, intact: true });
  });

  test.each([
    ['its text', sql`detail = '{"name":"Someone else"}'`],
    ['who did it', sql`actor_name = 'Nobody'`],
    ['in whose name', sql`effective_name = 'Nobody'`],
    ['when', sql`at = at + interval '1 millisecond'`],
    ['whose it is', sql`customer_id = 424242`],
    ['its request', sql`request_id = 'another'`],
    ['its own hash', sql`hash = repeat('0', 64)`],
  ])('an entry is found out when someone edits %s', async (_title, edit) => {
    await write(12);
    const { id } = await anEntry();
    await sql`update audit_entries set ${edit} where id = ${id}`.execute(connection.db);
    expect(await verify()).toMatchObject({ intact: false, brokenAt: id });
  });

  test('a removed entry is found out', async () => {
    await write(10, 3);
    const { chain } = await anEntry();
    await sql`delete from audit_entries where chain = ${chain} and position = 2`.execute(connection.db);
    const next = await connection.db
      .selectFrom('auditEntries')
      .select('id')
      .where('chain', '=', chain)
      .where('position', '=', 3)
      .executeTakeFirstOrThrow();
    expect(await verify()).toMatchObject({ intact: false, brokenAt: next.id });
  });

  test('the end of a chain that is cut off is found out', async () => {
    await write(10, 3);
    const { chain } = await anEntry();
    await sql`delete from audit_entries where chain = ${chain}
      and position = (select position from audit_chains where chain = ${chain})`.execute(connection.db);
    expect(await verify()).toMatchObject({ intact: false });
  });

  test('an entry that was slipped in, with a hash that fits, is found out', async () => {
    await write(12);
    const { id } = await anEntry();
    await sql`insert into audit_entries (chain, position, at, action, actor_kind, actor_id, actor_name, subject_type,
        subject_id, detail, request_id, previous_hash, hash)
      select chain, (select position + 1 from audit_chains where audit_chains.chain = audit_entries.chain), at, action,
        actor_kind, actor_id, 'Slipped in', subject_type, subject_id, detail, request_id, hash, hash
      from audit_entries where id = ${id}`.execute(connection.db);
    expect(await verify()).toMatchObject({ intact: false });
  });

  test('two entries that changed places are found out', async () => {
    await write(10, 3);
    const { chain } = await anEntry();
    await sql`update audit_entries set position = -position where chain = ${chain} and position in (1, 2)`.execute(
      connection.db,
    );
    await sql`update audit_entries set position = 3 + position where chain = ${chain} and position < 0`.execute(
      connection.db,
    );
    expect(await verify()).toMatchObject({ intact: false });
  });

  test('characters that the database can not hold are left out, and the chain is whole', async () => {
    await connection.db
      .transaction()
      .execute((tx) =>
        writeAudit(tx, { actor: systemActor, at: new Date(), requestId: 'odd' }, [
          { action: 'odd.text', subject: { type: 'text', id: 1 }, detail: { nul: 'a\u0000b', half: 'c\ud800d' } },
        ]),
      );
    expect(await verify()).toMatchObject({ entries: 1, intact: true });
  });
});

async function anEntry() {
  return connection.db.selectFrom('auditEntries').select(['id', 'chain']).orderBy('id').executeTakeFirstOrThrow();
}

import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Connection, connect } from '../../../src/server/database/connection.ts';
import { DatabaseFromTheFuture, migrate } from '../../../src/server/database/migrate.ts';
import { migrations } from '../../../src/server/database/migrations/index.ts';
import { createTestDatabase, type TestDatabase } from '../../parts/database.ts';

let database: TestDatabase;
let connection: Connection;
beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
  connection = connect(database.url);
});
afterEach(async () => {
  await connection.close();
  await database.drop();
});

const names = Object.keys(migrations);

describe('migrations', () => {
  test('bring an empty database up, once', async () => {
    expect(await migrate(connection.db)).toEqual(names);
    expect(await migrate(connection.db)).toEqual([]);
  });

  test('five centrals that start at once on an empty database all succeed', async () => {
    const connections = Array.from({ length: 5 }, () => connect(database.url, 2));
    try {
      const applied = await Promise.all(connections.map(({ db }) => migrate(db)));
      expect(applied.flat().sort()).toEqual(names);
    } finally {
      await Promise.all(connections.map((each) => each.close()));
    }
  });

  test('bring an older database up and keep its rows', async () => {
    const older = Object.fromEntries(Object.entries(migrations).slice(0, 3));
    await migrate(connection.db, older);
    await sql`insert into stores (name) values ('Kept');
      insert into customers (name, type, created_at, search_text) values ('Kept Customer', 'individual', now(), ' kept customer ');
      insert into products (slug, name, description, category, service_type, enabled, customer_types, currency,
        setup_amount, inventory_templates, auto_renew_prompt, business_fields, asks_installation_date, playbook, terms)
      values ('kept', 'Kept', '', 'addon', 'mobile', true, '{individual}', 'GBP', 500, '[]', false, '{}', false, 'p', '')`.execute(
      connection.db,
    );
    expect(await migrate(connection.db)).toEqual(names.slice(3));
    const product = await connection.db.selectFrom('products').select(['slug', 'vars']).executeTakeFirstOrThrow();
    expect(product).toEqual({ slug: 'kept', vars: {} });
    const customer = await connection.db.selectFrom('customers').select('name').executeTakeFirstOrThrow();
    expect(customer.name).toBe('Kept Customer');
  });

  test('a database of a newer version is refused before anything is touched', async () => {
    await migrate(connection.db);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2099')`.execute(
      connection.db,
    );
    await expect(migrate(connection.db)).rejects.toThrow(DatabaseFromTheFuture);
    await expect(migrate(connection.db)).rejects.toThrow(/9999-from-the-future/);
  });

  test('one that fails leaves the database as it was', async () => {
    const broken = {
      ...migrations,
      '9998-broken': { up: async () => sql`select nonsense`.execute(connection.db) as never },
    };
    await expect(migrate(connection.db, broken)).rejects.toThrow(/nonsense/);
    const { rows } = await sql<{ found: string | null }>`select to_regclass('customers')::text as found`.execute(
      connection.db,
    );
    expect(rows[0]?.found).toBeNull();
  });
});

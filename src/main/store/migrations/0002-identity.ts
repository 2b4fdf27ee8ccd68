import { type Kysely, sql } from 'kysely';

/** The desk's enrolment, its staff with their PINs, and sign-ins to be ended. Who is signed in becomes one of the staff. */
export const identity = {
  async up(db: Kysely<unknown>): Promise<void> {
    const { schema } = db;
    await schema
      .createTable('enrolment')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('central_url', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('request', 'text')
      .addColumn('secret', 'text')
      .addColumn('desk', 'text')
      .addColumn('credential', 'text')
      .execute();
    await schema
      .createTable('staff_member')
      .addColumn('user_id', 'integer', (column) => column.primaryKey())
      .addColumn('user', 'text', (column) => column.notNull())
      .addColumn('signed_in_at', 'text', (column) => column.notNull())
      .addColumn('pin', 'text')
      .addColumn('tries_left', 'integer', (column) => column.notNull())
      .addColumn('refresh_token', 'text')
      .execute();
    await schema
      .createTable('ended_sign_in')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('refresh_token', 'text', (column) => column.notNull())
      .execute();
    await sql`alter table session rename to session_before`.execute(db);
    await schema
      .createTable('session')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('user_id', 'integer', (column) => column.notNull())
      .addColumn('entered_by', 'text', (column) => column.notNull())
      .execute();
    // When that sign-in was is not known: long ago gives no days of PIN, which need a new sign-in anyway.
    await sql`insert into staff_member (user_id, user, signed_in_at, tries_left, refresh_token)
      select json_extract(user, '$.id'), user, '1970-01-01T00:00:00.000Z', 5, refresh_token from session_before
      where json_valid(user) and json_extract(user, '$.id') is not null`.execute(db);
    await sql`insert into session (id, user_id, entered_by) select 1, user_id, 'password' from staff_member`.execute(
      db,
    );
    await schema.dropTable('session_before').execute();
  },
};

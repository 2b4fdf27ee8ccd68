import { type Kysely, sql } from 'kysely';

/** Numbers what a desk gives back, so that what arrives after a later one is known to be old. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table desks add column given_back integer not null default 0`.execute(db);
}

import { type Kysely, sql } from 'kysely';

/** A request for a password link may come from a lock: then it also says what happened, for the notice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table reset_requests add column lock jsonb`.execute(db);
}

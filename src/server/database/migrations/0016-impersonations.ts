import { type Kysely, sql } from 'kysely';

/** A member of staff looks through one customer's eyes at a time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop index impersonations_of_user;
    create unique index impersonations_living_of_user on impersonations (user_id) where ended_at is null;
    create index impersonations_of_sign_in on impersonations (staff_session_id) where ended_at is null`.execute(db);
}

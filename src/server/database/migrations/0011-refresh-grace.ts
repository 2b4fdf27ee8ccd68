import { type Kysely, sql } from 'kysely';

/** Numbers the pairs of tokens of a session, so that one whose answer was lost can be told from one in two hands. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sessions
      -- Of the pair given last; the first has 1.
      add column pair integer not null default 0,
      -- Access tokens of pairs before this one are dead.
      add column least_pair integer not null default 0,
      -- The newest pair whose access token was ever shown.
      add column used_pair integer not null default 0;
    alter table refresh_tokens
      add column pair integer not null default 0,
      -- Which desk, or else which address, exchanged it.
      add column used_from text`.execute(db);
}

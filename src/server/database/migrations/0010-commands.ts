import { type Kysely, sql } from 'kysely';

const commands = sql`
  create table sync_commands (
    id uuid primary key,
    desk_id uuid not null references desks,
    -- By the desk's word: a refused command may name nobody.
    user_id integer not null,
    type text not null,
    payload_hash text not null,
    outcome text not null check (outcome in ('accepted', 'refused')),
    result jsonb,
    error jsonb,
    -- By the desk's clock; no rule looks at it.
    made_at timestamptz not null,
    received_at timestamptz not null,
    handed_in_by integer references users,
    check ((outcome = 'accepted') = (result is not null)),
    check ((outcome = 'refused') = (error is not null))
  );
  create index sync_commands_of_desk on sync_commands (desk_id, received_at)`;

// In the address of the page that tells a customer how far the order is.
const statusTokens = sql`alter table orders add column status_token text unique`;

/** What became of the work that desks sent, and the address of an order's status page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [commands, statusTokens]) await step.execute(db);
}

import { type Kysely, sql } from 'kysely';

const statements = sql`
  -- Staff and customers knock at different doors: the same address is counted at each.
  alter table sign_in_failures add column door text not null default 'staff' check (door in ('staff', 'customer'));
  alter table sign_in_failures drop constraint sign_in_failures_pkey;
  alter table sign_in_failures add primary key (door, email);

  -- Mail that is to go out, written with what it tells of; a central that dies in between loses none.
  create table mail_outbox (
    id uuid primary key,
    template text not null,
    language text not null,
    -- Address and values: a link in them lets somebody in, so they are sealed, and gone once sent or given up.
    sealed text,
    attempts integer not null default 0,
    -- When it is tried next; in the future also while somebody is at it.
    due_at timestamptz not null,
    created_at timestamptz not null,
    sent_at timestamptz,
    given_up_at timestamptz,
    error text
  );
  create index mail_outbox_due on mail_outbox (due_at) where sent_at is null and given_up_at is null;

  -- Who asked for a password link, before anybody looks whether there is such an account.
  create table reset_requests (
    id uuid primary key,
    door text not null check (door in ('staff', 'customer')),
    email text not null,
    language text,
    asked_at timestamptz not null
  )`;

/** Sign-in failures by door; mail that waits to be sent; password links that were asked for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await statements.execute(db);
}

import { type Kysely, sql } from 'kysely';

const statements = sql`
  -- The embedded charging system. It knows services by their uuid only, as an external one would.
  create table charging_accounts (
    service_uuid uuid primary key,
    currency text,
    created_at timestamptz not null,
    closed_at timestamptz
  );
  create table charging_buckets (
    id uuid primary key,
    service_uuid uuid not null references charging_accounts on delete cascade,
    -- The operation that made it, so that repeating or reverting the operation finds it.
    operation_key text not null,
    type text not null check (type in ('data', 'voice', 'sms', 'monetary')),
    name text not null,
    unit text not null check (unit in ('byte', 'second', 'message', 'minor_unit')),
    weight integer not null,
    total bigint not null check (total >= 0),
    used bigint not null default 0 check (used between 0 and total),
    expires_at timestamptz,
    created_at timestamptz not null
  );
  create index charging_buckets_of on charging_buckets (service_uuid, weight, expires_at);
  -- What was asked for, by the caller's key: an order repeated because its answer was lost is answered, not repeated.
  create table charging_operations (
    key text primary key,
    service_uuid uuid not null references charging_accounts on delete cascade,
    action text not null,
    input_hash text not null,
    result jsonb not null,
    created_at timestamptz not null
  );

  -- The embedded home location register.
  create table hlr_subscribers (
    imsi text primary key check (imsi ~ '^[0-9]{6,15}$'),
    msisdn text unique check (msisdn ~ '^[0-9]{1,15}$'),
    iccid text,
    cs_enabled boolean not null,
    ps_enabled boolean not null,
    created_at timestamptz not null,
    changed_at timestamptz not null
  )`;

/** The embedded network elements: charging and the subscriber register. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await statements.execute(db);
}

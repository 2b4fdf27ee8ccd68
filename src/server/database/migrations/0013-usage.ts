import { type Kysely, sql } from 'kysely';

const statements = sql`
  -- A period of the plan, from one renewal to the next. The last one has no end until it is renewed.
  create table charging_periods (
    id uuid primary key,
    service_uuid uuid not null references charging_accounts on delete cascade,
    starts_at timestamptz not null,
    ends_at timestamptz,
    created_at timestamptz not null,
    unique (service_uuid, starts_at),
    check (ends_at > starts_at)
  );

  alter table charging_buckets
    -- What it pays for; null for everything of its type.
    add column destinations text[]
      check (cardinality(destinations) > 0 and destinations <@ array['on_net', 'off_net', 'international', 'premium']),
    add column starts_at timestamptz,
    -- The plan's own buckets end with their period and come again with the next; others live to their own expiry.
    add column period_id uuid references charging_periods on delete cascade;
  update charging_buckets set starts_at = created_at;
  alter table charging_buckets alter column starts_at set not null;

  insert into charging_periods (id, service_uuid, starts_at, created_at)
    select gen_random_uuid(), service_uuid, created_at, created_at from charging_accounts;
  update charging_buckets b set period_id = p.id
    from charging_periods p
    where p.service_uuid = b.service_uuid and b.expires_at is not null
      and (b.operation_key like 'demo:%'
        or exists (select from charging_operations o where o.key = b.operation_key and o.action = 'open'));
  create index charging_buckets_of_period on charging_buckets (period_id) where period_id is not null;

  -- What the network counted. It is kept whatever becomes of its account, as the account's own number says.
  create table usage_records (
    id text collate "C" primary key,
    service_uuid uuid not null,
    type text not null check (type in ('data', 'voice', 'sms', 'monetary')),
    destination text not null check (destination in ('on_net', 'off_net', 'international', 'premium')),
    quantity bigint not null check (quantity >= 0),
    at timestamptz not null,
    peer text,
    -- How the reporter named the service.
    subscriber text not null,
    -- What no bucket covered; the rest is in usage_consumptions.
    uncovered bigint not null check (uncovered between 0 and quantity),
    recorded_at timestamptz not null,
    recorded_by text not null
  );
  create index usage_records_in_order on usage_records (service_uuid, type, at, id);
  create index usage_records_by_time on usage_records (service_uuid, at desc, id desc);
  create table usage_consumptions (
    record_id text collate "C" not null references usage_records on delete cascade,
    bucket_id uuid not null references charging_buckets on delete cascade,
    quantity bigint not null check (quantity > 0),
    primary key (record_id, bucket_id)
  );
  create index usage_consumptions_of_bucket on usage_consumptions (bucket_id);

  -- Services whose period is over.
  create index services_due on services (expires_at) where status in ('active', 'suspended') and expires_at is not null`;

/** Usage records, how they were paid for, and the plan's periods. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await statements.execute(db);
}

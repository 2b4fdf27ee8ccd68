import { type Kysely, sql } from 'kysely';

const desks = sql`
  create table desks (
    id uuid primary key,
    -- Who acts, where a number is asked for: audit lines, idempotency keys.
    number integer generated always as identity unique,
    name text not null,
    store_id integer not null references stores,
    -- SHA-256, hex. Null until the desk has collected its credential.
    credential_hash text unique,
    enrolled_at timestamptz not null,
    enrolled_by_name text not null,
    -- Null until the credential was used.
    last_seen_at timestamptz,
    revoked_at timestamptz,
    unique (id, store_id)
  );
  create index desks_of_store on desks (store_id) where revoked_at is null;

  create table desk_enrolments (
    id uuid primary key,
    code text not null,
    secret_hash text not null,
    machine text not null,
    requested_at timestamptz not null,
    expires_at timestamptz not null,
    -- Set when it was approved.
    desk_id uuid unique references desks,
    collected_at timestamptz
  );
  create unique index desk_enrolments_pending on desk_enrolments (code) where desk_id is null;
  create index desk_enrolments_of_secret on desk_enrolments (secret_hash);

  -- When a person typed codes that nothing asks for.
  create table enrolment_guesses (who text primary key, wrong_at timestamptz[] not null)`;

// A share's item is in the share's store: the key says so. One that leaves the stock is in no share.
const shares = sql`
  alter table items
    add column desk_id uuid,
    add constraint item_of_a_desk_of_its_store foreign key (desk_id, store_id) references desks (id, store_id),
    add constraint item_of_a_desk_has_a_store check (desk_id is null or store_id is not null);
  create index items_of_desk on items (desk_id, template) where desk_id is not null;
  -- Items that somebody asked of another desk a moment ago: what it gives back is not leased again before they tried.
  create table item_wishes (item_id integer primary key references items, until timestamptz not null);
  alter table reservations add column desk_id uuid references desks`;

// The last word on shares, whatever the code above it does: a hold or an order of one desk never has an item of another.
const guards = sql`
  create function guard_share_of_reservation() returns trigger language plpgsql as $$
  declare holder uuid;
  begin
    if new.ended_at is null then
      select desk_id into holder from items where id = new.item_id for no key update;
      if holder is not null and holder is distinct from new.desk_id then
        raise exception 'item % is of the share of desk %', new.item_id, holder
          using errcode = 'unique_violation', constraint = 'item_of_other_desk';
      end if;
    end if;
    return new;
  end $$;
  create trigger guard_share_of_reservation before insert or update of ended_at, item_id, order_id, desk_id
    on reservations for each row execute function guard_share_of_reservation();

  create function guard_share_of_item() returns trigger language plpgsql as $$
  begin
    if new.status not in ('new', 'in_stock') then new.desk_id := null; end if;
    if new.desk_id is not null and new.desk_id is distinct from old.desk_id and exists (
      select from reservations
      where item_id = new.id and ended_at is null and desk_id is distinct from new.desk_id
    ) then
      raise exception 'item % is held outside desk %', new.id, new.desk_id
        using errcode = 'unique_violation', constraint = 'item_held_elsewhere';
    end if;
    return new;
  end $$;
  create trigger guard_share_of_item before update of desk_id, status on items
    for each row execute function guard_share_of_item()`;

/** Desks, how they enrol, and the share of a store's stock that each holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [desks, shares, guards]) await step.execute(db);
}

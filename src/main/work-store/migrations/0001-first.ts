/** What this desk did and head office may not have yet, and what was done here for good. */
export const first = `
  create table outbox (
    seq integer primary key autoincrement,
    id text not null unique,
    type text not null,
    state text not null check (state in ('saved', 'accepted', 'refused', 'settled')),
    draft_id text,
    local_id integer,
    customer_id integer not null,
    made_at text not null,
    document text not null,
    draft text
  );
  create index outbox_by_state on outbox (state);
  create index outbox_by_draft on outbox (draft_id) where draft_id is not null;
  create index outbox_by_local_id on outbox (local_id) where local_id is not null;
  create trigger outbox_goes_forward before update of state on outbox
  when old.state <> new.state and not (
    (old.state = 'saved' and new.state in ('accepted', 'refused')) or (old.state = 'refused' and new.state = 'settled')
  )
  begin select raise(abort, 'no such step in the outbox'); end;
  create trigger outbox_keeps_unsent before delete on outbox when old.state in ('saved', 'refused')
  begin select raise(abort, 'unsent work is never deleted'); end;

  create table outbox_set_aside (
    seq integer primary key,
    id text not null,
    reason text not null,
    row text not null
  );

  create table journal (
    seq integer primary key,
    at text not null,
    event text not null,
    user_id integer,
    user_name text,
    detail text not null,
    previous text not null,
    hash text not null
  );
  create trigger journal_never_changes before update on journal
  begin select raise(abort, 'the journal is append-only'); end;
  create trigger journal_never_shrinks before delete on journal
  begin select raise(abort, 'the journal is append-only'); end;

  create table local_number (local_id integer primary key, number integer not null);
  create table local_hold (
    item_id integer primary key,
    draft_id text not null,
    user_name text not null,
    held_at text not null
  );
  create index local_hold_by_draft on local_hold (draft_id);
  create table given_back (item_id integer primary key, at text not null, told integer not null default 0);
  create table counter (name text primary key, value integer not null);
`;

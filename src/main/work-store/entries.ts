import { z } from 'zod';
import { type Draft, draftSchema } from '#core/assignment/draft.ts';
import { type OutboxEntry, outboxEntrySchema } from '#core/sync/outbox.ts';
import type { Sql } from './connection.ts';

interface Row {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly draft_id: string | null;
  readonly local_id: number | null;
  readonly customer_id: number;
  readonly made_at: string;
  readonly document: string;
  readonly draft: string | null;
}

const COLUMNS = 'seq, id, type, state, draft_id, local_id, customer_id, made_at, document';

function documentOf(entry: Omit<OutboxEntry, 'seq'>): string {
  const { payload, userId, userName, customerName, subject, attempts, lastTriedAt, ...rest } = entry;
  const { error, result, settlement, decidedAt } = rest;
  const document = { payload, userId, userName, customerName, subject, attempts, lastTriedAt };
  return JSON.stringify({ ...document, error, result, settlement, decidedAt });
}

const readable = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

function parse(row: Omit<Row, 'draft'>) {
  const { seq, id, type, state, draft_id, local_id, customer_id, made_at, document } = row;
  return outboxEntrySchema.safeParse({
    ...z.record(z.string(), z.unknown()).catch({}).parse(readable(document)),
    ...{ seq, id, type, state, draftId: draft_id, localId: local_id, customerId: customer_id, madeAt: made_at },
  });
}

/** Rows were parsed as they were written; one that can't be read any more was set aside at the start. */
const entriesOf = (rows: readonly Omit<Row, 'draft'>[]): OutboxEntry[] =>
  rows.flatMap((row) => {
    const read = parse(row);
    return read.success ? [read.data] : [];
  });

export function insertEntry(sql: Sql, entry: Omit<OutboxEntry, 'seq'>, draft: Draft | null): OutboxEntry {
  const { id, type, state, draftId, localId, customerId, madeAt } = entry;
  sql.run(
    `insert into outbox (id, type, state, draft_id, local_id, customer_id, made_at, document, draft)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, type, state, draftId, localId, customerId, madeAt, documentOf(entry)],
    draft === null ? null : JSON.stringify(draft),
  );
  const { seq } = sql.get<{ seq: number }>('select seq from outbox where id = ?', id) ?? { seq: 0 };
  return { ...entry, seq };
}

/** Writes what changes of an entry: its state, tries, answer and decision. */
export function updateEntry(sql: Sql, entry: OutboxEntry): OutboxEntry {
  sql.run('update outbox set state = ?, document = ? where id = ?', entry.state, documentOf(entry), entry.id);
  return entry;
}

export function getEntry(sql: Sql, id: string): OutboxEntry | undefined {
  return entriesOf(sql.all<Row>(`select ${COLUMNS} from outbox where id = ?`, id))[0];
}

/** Everything head office has not answered, or refused and nobody decided about, in order. */
export function listOpen(sql: Sql): OutboxEntry[] {
  return entriesOf(sql.all<Row>(`select ${COLUMNS} from outbox where state in ('saved', 'refused') order by seq`));
}

/** The newest accepted ones, in order. */
export function listAccepted(sql: Sql, limit: number): OutboxEntry[] {
  const rows = sql.all<Row>(`select ${COLUMNS} from outbox where state = 'accepted' order by seq desc limit ?`, limit);
  return entriesOf(rows.reverse());
}

interface PageOptions {
  readonly limit: number;
  readonly before: number;
  readonly open: boolean;
  readonly customerIds: readonly number[] | null;
}

/** Entries but the settled ones, newest first. */
export function listPage(sql: Sql, { limit, before, open, customerIds }: PageOptions): OutboxEntry[] {
  const rows = sql.all<Row>(
    `select ${COLUMNS} from outbox
     where seq < ? and state in ('saved', 'refused', ?)
       and (? is null or customer_id in (select value from json_each(?)))
     order by seq desc limit ?`,
    ...[before, open ? 'saved' : 'accepted'],
    ...(customerIds === null ? [null, null] : [1, JSON.stringify(customerIds)]),
    limit,
  );
  return entriesOf(rows);
}

/** The last entry of each draft, with the draft as it was confirmed; of one draft, or of all. */
export function lastOfDrafts(sql: Sql, draftId: string | null = null): { entry: OutboxEntry; draft: Draft | null }[] {
  const rows = sql.all<Row>(
    `select ${COLUMNS}, draft from outbox
     where seq in (select max(seq) from outbox where draft_id is not null and (? is null or draft_id = ?) group by draft_id)
     order by seq`,
    draftId,
    draftId,
  );
  return rows.flatMap((row) => {
    const [entry] = entriesOf([row]);
    if (entry === undefined) return [];
    const draft = row.draft === null ? null : (draftSchema.safeParse(readable(row.draft)).data ?? null);
    return [{ entry, draft }];
  });
}

/** What leads to the status page of an accepted order; null when this desk did not send it. */
export function statusTokenOf(sql: Sql, orderId: number): string | null {
  const row = sql.get<{ token: string | null }>(
    `select json_extract(document, '$.payload.statusToken') as token from outbox
     where state = 'accepted' and type = 'order.place' and json_extract(document, '$.result.id') = ?`,
    orderId,
  );
  return row?.token ?? null;
}

/** Takes entries that can't be read any more out of everyone's way, kept for the help desk. Returns how many. */
export function setUnreadableAside(sql: Sql): number {
  const rows = sql.all<Row>(`select * from outbox where state in ('saved', 'refused')`);
  let count = 0;
  for (const row of rows) {
    const read = parse(row);
    if (read.success) continue;
    const kept = [row.seq, row.id, read.error.message, JSON.stringify(row)];
    sql.run('insert or ignore into outbox_set_aside (seq, id, reason, row) values (?, ?, ?, ?)', ...kept);
    count += 1;
  }
  return count;
}

import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';

/** Of several marks of one row the newest says all: whoever has yet to see an older one has yet to see that. */
export async function compactMarks(db: Db): Promise<void> {
  await sql`
    delete from sync_marks where ctid in (
      select ctid from (
        select ctid, row_number() over (partition by entity, key, store_id order by changed_xid desc) as place
        from sync_marks
      ) placed where place > 1
    )`.execute(db);
}

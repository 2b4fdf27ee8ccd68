import type { z } from 'zod';
import type { jobLogSchema } from '#core/domain/provisioning.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { type Page, pageFrom, readCursor } from '../http/page.ts';

/** What the tasks of a job said, oldest first. Throws not_found. */
export async function listJobLogs(
  reader: Reader,
  { id, limit, cursor }: { id: number; limit: number; cursor?: string },
): Promise<Page<z.output<typeof jobLogSchema>>> {
  const job = await reader.selectFrom('jobs').select('id').where('id', '=', id).executeTakeFirst();
  if (!job) throw fail('not_found', { what: 'job' });
  const rows = await reader
    .selectFrom('jobLogs')
    .selectAll()
    .where('jobId', '=', id)
    .where('id', '>', Number(readCursor<{ id: number }>(cursor)?.id ?? 0))
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return pageFrom(
    rows,
    limit,
    (row) => ({ id: row.id }),
    ({ id: line, at, taskIndex, level, message, detail }) => ({
      ...{ id: line, taskIndex, level, message, detail },
      at: at.toISOString(),
    }),
  );
}

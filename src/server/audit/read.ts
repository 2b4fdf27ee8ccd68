import type { Activity } from '#core/domain/customer.ts';
import type { Reader } from '../database/connection.ts';
import { type Page, pageFrom, readCursor } from '../http/page.ts';

type PageInput = { limit: number; cursor?: string };

/** Who did what, newest first; of one customer when named. */
export async function listActivity(
  reader: Reader,
  { limit, cursor }: PageInput,
  customerId?: number,
): Promise<Page<Activity>> {
  const before = readCursor<{ id: number }>(cursor)?.id;
  const rows = await reader
    .selectFrom('auditEntries')
    .select(['id', 'at', 'action', 'actorName', 'effectiveName', 'subjectType', 'subjectId', 'detail'])
    .$if(before !== undefined, (query) => query.where('id', '<', before as number))
    .$if(customerId !== undefined, (query) => query.where('customerId', '=', customerId as number))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageFrom(
    rows,
    limit,
    ({ id }) => ({ id }),
    ({ at, subjectType, subjectId, detail, ...row }) => ({
      ...row,
      at: at.toISOString(),
      subject: { type: subjectType, id: subjectId },
      ...splitDesk(detail),
    }),
  );
}

/** What came from a desk says so beside what was done, for the detail of a change is the fields changed. */
function splitDesk({ atDesk, ...detail }: Record<string, unknown>): Pick<Activity, 'detail' | 'desk'> {
  if (atDesk === undefined) return { detail };
  const { name, madeAt } = atDesk as NonNullable<Activity['desk']>;
  return { detail, desk: { name, madeAt } };
}

/** Entries of one customer with one of these actions, newest first, without subject and request. */
export async function listEntriesOfCustomer(
  reader: Reader,
  customerId: number,
  { actions, before, limit }: { actions: readonly string[]; before: number | undefined; limit: number },
) {
  const rows = await reader
    .selectFrom('auditEntries')
    .select(['id', 'at', 'action', 'actorKind', 'actorId', 'actorName', 'effectiveId', 'detail'])
    .where('customerId', '=', customerId)
    .where('action', 'in', [...actions])
    .$if(before !== undefined, (query) => query.where('id', '<', before as number))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

import { sql } from 'kysely';
import type { CallingDesk } from '../context.ts';
import type { CentralDeps } from '../deps.ts';

/** Heard of within this time, a desk counts as online. */
export const ONLINE_MS = 25_000;
/** What was heard is written this often at most. */
const WRITE_EVERY_MS = 10_000;

export function isOnline({ lastSeenAt, revokedAt }: { lastSeenAt: Date | null; revokedAt: Date | null }, now: Date) {
  return revokedAt === null && lastSeenAt !== null && now.getTime() - lastSeenAt.getTime() <= ONLINE_MS;
}

/**
 * Notes that a desk was heard of: at every request of it, and while its stream of events is open. Writes only when the last
 * time is 10 s ago. True when it was not online before.
 */
export async function deskSeen({ db, clock }: Pick<CentralDeps, 'db' | 'clock'>, deskId: string): Promise<boolean> {
  const now = clock.now();
  const stale = new Date(now.getTime() - WRITE_EVERY_MS);
  // A time in the future is of a clock that was set back.
  const { rows } = await sql<{ lastSeenAt: Date | null }>`
    with was as (select id, last_seen_at from desks where id = ${deskId} for no key update)
    update desks set last_seen_at = ${now} from was
    where desks.id = was.id and desks.revoked_at is null
      and (was.last_seen_at is null or was.last_seen_at <= ${stale} or was.last_seen_at > ${now})
    returning was.last_seen_at`.execute(db);
  const [before] = rows;
  return before !== undefined && !isOnline({ ...before, revokedAt: null }, now);
}

export interface Presence {
  /** As `deskSeen`, at the cost of nothing for a desk that this central heard of within 10 s. */
  heard(desk: Pick<CallingDesk, 'id' | 'storeId'>): Promise<void>;
}

/** `cameOnline` is called when a desk is heard of for the first time, or for the first time after it was offline. */
export function createPresence(
  deps: Pick<CentralDeps, 'db' | 'clock'>,
  cameOnline: (storeId: number) => void,
): Presence {
  const written = new Map<string, number>();
  return {
    async heard({ id, storeId }) {
      const now = deps.clock.now().getTime();
      const age = now - (written.get(id) ?? Number.NEGATIVE_INFINITY);
      if (age >= 0 && age < WRITE_EVERY_MS) return;
      if (await deskSeen(deps, id)) cameOnline(storeId);
      written.set(id, now);
    },
  };
}

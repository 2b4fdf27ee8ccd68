import { tidyAccounts } from '../accounts/tidy.ts';
import type { CentralDeps, Part } from '../deps.ts';
import { compactMarks } from '../sync/marks.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A desk that was away may repeat its commands for so long. */
const KEEP_ANSWERS_MS = 30 * DAY_MS;
const KEEP_SESSIONS_MS = 90 * DAY_MS;
const KEEP_FAILURES_MS = DAY_MS;
/** Links and mail live for minutes, and complaints about them for days; who tries one again later is still told from who made one up. */
const KEEP_LINKS_MS = 30 * DAY_MS;

/** Throws away what nobody can ask for any more: old answers, ended sessions, forgotten sign-in failures, repeated marks. */
export async function tidyUp({ db, clock }: Pick<CentralDeps, 'db' | 'clock'>): Promise<void> {
  const before = (age: number) => new Date(clock.now().getTime() - age);
  await db.deleteFrom('idempotency').where('createdAt', '<', before(KEEP_ANSWERS_MS)).execute();
  await db.deleteFrom('signInFailures').where('lastAt', '<', before(KEEP_FAILURES_MS)).execute();
  await db.deleteFrom('portalLinks').where('createdAt', '<', before(KEEP_LINKS_MS)).execute();
  await compactMarks(db);
  await tidyAccounts(db, before(KEEP_LINKS_MS));
  const idle = before(KEEP_SESSIONS_MS);
  await db
    .deleteFrom('sessions')
    .where('createdAt', '<', idle)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('refreshTokens')
            .select('hash')
            .whereRef('refreshTokens.sessionId', '=', 'sessions.id')
            .where('refreshTokens.createdAt', '>=', idle),
        ),
      ),
    )
    .execute();
}

/** Tidies up once an hour. Several centrals may do so at once: what is gone is gone. */
export function createHousekeeping(deps: Pick<CentralDeps, 'db' | 'clock' | 'log'>): Part {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  const work = () => {
    working = tidyUp(deps).catch((err) => deps.log.warn({ err }, 'tidying up failed'));
  };
  return {
    async start() {
      timer = setInterval(work, HOUR_MS).unref();
    },
    async stop() {
      clearInterval(timer);
      await working;
    },
  };
}

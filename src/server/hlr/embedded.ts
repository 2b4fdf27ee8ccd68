import { refused } from '../connectors/failure.ts';
import type { Clock } from '../context.ts';
import type { Db, Reader } from '../database/connection.ts';
import { violatedConstraint } from '../database/failures.ts';
import { type Hlr, type Line, type Subscriber, servesAnother } from './hlr.ts';

/** The register that central brings along, in its own tables. */
export function embeddedHlr(db: Db, clock: Clock): Hlr {
  return {
    target: 'embedded',
    check: async () => void (await db.selectFrom('hlrSubscribers').select('imsi').limit(1).execute()),
    find: (imsi) => findSubscriber(db, imsi),
    activate: (line) => activate(db, line, clock.now()),
    deactivate: async ({ imsi, msisdn }) => {
      await db
        .updateTable('hlrSubscribers')
        .set({ msisdn: null, csEnabled: false, psEnabled: false, changedAt: clock.now() })
        .where('imsi', '=', imsi)
        .where('msisdn', '=', msisdn)
        .execute();
    },
  };
}

async function findSubscriber(reader: Reader, imsi: string): Promise<Subscriber | null> {
  const row = await reader
    .selectFrom('hlrSubscribers')
    .select(['imsi', 'msisdn', 'csEnabled', 'psEnabled'])
    .where('imsi', '=', imsi)
    .executeTakeFirst();
  return row ?? null;
}

async function activate(db: Db, { imsi, msisdn, iccid }: Line, now: Date): Promise<void> {
  const enabled = { msisdn, iccid, csEnabled: true, psEnabled: true, changedAt: now };
  try {
    await db.transaction().execute(async (tx) => {
      const found = await findSubscriber(tx, imsi);
      if (found && servesAnother(found, msisdn)) throw refused(`card ${imsi} serves ${found.msisdn}`, { imsi });
      await tx
        .insertInto('hlrSubscribers')
        .values({ imsi, ...enabled, createdAt: now })
        .onConflict((conflict) => conflict.column('imsi').doUpdateSet(enabled))
        .execute();
    });
  } catch (error) {
    if (violatedConstraint(error) === 'hlr_subscribers_msisdn_key') {
      throw refused(`number ${msisdn} is served by another card`, { msisdn });
    }
    throw error;
  }
}

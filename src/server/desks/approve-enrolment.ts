import type { RegisteredDesk } from '#core/contract/central/desks.ts';
import type { CommandContext, QueryContext } from '../context.ts';
import type { Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { inTransaction } from '../http/transaction.ts';
import { showCode } from './codes.ts';
import { getDesk, refuseOtherStore } from './desk-rows.ts';
import { enrolDesk } from './enrol-desk.ts';
import { type Guesses, lockGuesses } from './guesses.ts';

export interface Approval {
  /** Without the dash. */
  readonly code: string;
  readonly name: string;
  readonly storeId: number;
}

type Outcome = { readonly desk: RegisteredDesk } | { readonly retryAfterSeconds: number } | 'gone';

/**
 * Lets the desk in that shows this code. Who types codes that no desk shows is stopped after ten in ten minutes. The same
 * approval again gives the same desk. Throws forbidden for another store than one's own, enrolment_gone, rate_limited.
 */
export async function approveEnrolment(base: QueryContext, approval: Approval): Promise<RegisteredDesk> {
  refuseOtherStore(base.actor, approval.storeId);
  const store = await base.db.selectFrom('stores').select('id').where('id', '=', approval.storeId).executeTakeFirst();
  if (!store) throw fail('invalid_input', { issues: [{ path: 'storeId', message: 'unknown_store' }] });
  const outcome = await inTransaction(base, base.actor, (context) => tryCode(context, approval));
  if (outcome === 'gone') throw fail('enrolment_gone');
  if ('desk' in outcome) return outcome.desk;
  throw fail('rate_limited', outcome);
}

/** A wrong code is kept with its person, so the outcome is returned: an error would undo that. */
async function tryCode(context: CommandContext, approval: Approval): Promise<Outcome> {
  const { tx, actor, clock } = context;
  const now = clock.now();
  const guesses = await lockGuesses(tx, `${actor.kind}:${actor.id}`, now);
  if (guesses.retryAfterSeconds !== null) return { retryAfterSeconds: guesses.retryAfterSeconds };
  const found = await findByCode(tx, approval, now);
  if (!found) return refuse(context, approval, guesses);
  const { enrolmentId } = found;
  const { name, storeId } = approval;
  const deskId = found.deskId ?? (await enrolDesk(context, { enrolmentId, name, storeId, how: 'code' }));
  return { desk: await getDesk(tx, deskId, now) };
}

async function refuse({ audit }: CommandContext, { code }: Approval, guesses: Guesses): Promise<'gone'> {
  const isLast = await guesses.countWrong();
  const subject = { type: 'desk_enrolment', id: showCode(code) };
  audit({ action: 'desk.enrolment_code_refused', subject });
  if (isLast) audit({ action: 'desk.enrolment_codes_locked', subject });
  return 'gone';
}

/** One that waits for approval, or that this very approval let in before. */
function findByCode(tx: Tx, { code, name, storeId }: Approval, now: Date) {
  return tx
    .selectFrom('deskEnrolments')
    .leftJoin('desks', 'desks.id', 'deskEnrolments.deskId')
    .select(['deskEnrolments.id as enrolmentId', 'deskEnrolments.deskId'])
    .where('deskEnrolments.code', '=', code)
    .where('deskEnrolments.expiresAt', '>', now)
    .where(({ or, and, eb }) =>
      or([
        eb('deskEnrolments.deskId', 'is', null),
        and([
          eb('desks.name', '=', name),
          eb('desks.storeId', '=', storeId),
          eb('desks.revokedAt', 'is', null),
          eb('desks.lastSeenAt', 'is', null),
        ]),
      ]),
    )
    .orderBy('deskEnrolments.requestedAt', 'desc')
    .limit(1)
    .forUpdate('deskEnrolments')
    .executeTakeFirst();
}

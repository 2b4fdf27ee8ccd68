import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { ENROLMENT_MINUTES } from '#core/contract/central/desks.ts';
import { tokenHash } from '../access/tokens.ts';
import { type BaseContext, type CommandContext, systemActor } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { inTransaction } from '../http/transaction.ts';
import { makeCode, showCode } from './codes.ts';
import { enrolDesk } from './enrol-desk.ts';
import { type Invitation, matchesInvitation, storeOfInvitation } from './invitation.ts';

interface EnrolmentRequest {
  readonly machine: string;
  readonly secret: string;
  readonly invitation?: string | undefined;
}

/** So many may ask at once: strangers can not fill the database. */
const MOST_PENDING = 500;

/**
 * A desk asks to be let in. Asked again with the same secret while it waits, the answer is the same, so a lost one loses
 * nothing. With the right invitation it is approved at once; with a wrong one it is forbidden. Throws rate_limited when
 * too many ask.
 */
export async function requestEnrolment(base: BaseContext, invitation: Invitation, input: EnrolmentRequest) {
  const isInvited = input.invitation !== undefined && matchesInvitation(invitation, input.invitation);
  if (input.invitation !== undefined && !isInvited) return refuseInvitation(base, input.machine);
  const outcome = await inTransaction(base, systemActor, async (context) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${tokenHash(input.secret)}, 0))`.execute(context.tx);
    await forgetLapsed(context);
    const enrolment = (await findAsking(context.tx, input.secret)) ?? (await openEnrolment(context, input));
    if (enrolment?.deskId === null && isInvited) await letIn(context, invitation, enrolment);
    return enrolment;
  });
  if (outcome === null) throw fail('rate_limited');
  const { id, code, expiresAt } = outcome;
  return { id, code: showCode(code), expiresAt: expiresAt.toISOString() };
}

async function refuseInvitation(base: BaseContext, machine: string): Promise<never> {
  await inTransaction(base, systemActor, async ({ audit }) => {
    const detail = { machine, ip: base.ip };
    audit({ action: 'desk.invitation_refused', subject: { type: 'ip', id: base.ip }, detail });
  });
  throw fail('forbidden');
}

async function forgetLapsed({ tx, clock }: CommandContext): Promise<void> {
  await tx.deleteFrom('deskEnrolments').where('deskId', 'is', null).where('expiresAt', '<=', clock.now()).execute();
}

interface Asking {
  readonly id: string;
  readonly code: string;
  readonly machine: string;
  readonly expiresAt: Date;
  readonly deskId: string | null;
}

const asking = [
  'deskEnrolments.id',
  'deskEnrolments.code',
  'deskEnrolments.machine',
  'deskEnrolments.expiresAt',
  'deskEnrolments.deskId',
] as const;

/** What this desk asked already: it waits, or was approved and has not used a credential yet. */
function findAsking(reader: Reader, secret: string): Promise<Asking | undefined> {
  return reader
    .selectFrom('deskEnrolments')
    .leftJoin('desks', 'desks.id', 'deskEnrolments.deskId')
    .select(asking)
    .where('secretHash', '=', tokenHash(secret))
    .where('desks.lastSeenAt', 'is', null)
    .where('desks.revokedAt', 'is', null)
    .orderBy('deskEnrolments.requestedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}

async function openEnrolment(context: CommandContext, { machine, secret }: EnrolmentRequest): Promise<Asking | null> {
  const { tx, clock, audit } = context;
  const { count } = await tx
    .selectFrom('deskEnrolments')
    .select((select) => select.fn.countAll().as('count'))
    .where('deskId', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_PENDING) return null;
  const requestedAt = clock.now();
  const expiresAt = new Date(requestedAt.getTime() + ENROLMENT_MINUTES * 60_000);
  const common = { machine, secretHash: tokenHash(secret), requestedAt, expiresAt, deskId: null, collectedAt: null };
  // Once in a lifetime two desks draw one code.
  for (;;) {
    const row = await tx
      .insertInto('deskEnrolments')
      .values({ id: uuidv7(), code: makeCode(), ...common })
      .onConflict((conflict) => conflict.doNothing())
      .returning(asking)
      .executeTakeFirst();
    if (row) {
      const detail = { machine, ip: context.ip };
      audit({ action: 'desk.enrolment_requested', subject: { type: 'desk_enrolment', id: row.id }, detail });
      return row;
    }
  }
}

async function letIn(context: CommandContext, invitation: Invitation, { id, machine }: Asking): Promise<void> {
  const storeId = await storeOfInvitation(context.tx, invitation);
  await enrolDesk(context, { enrolmentId: id, name: machine, storeId, how: 'invitation' });
}

import { timingSafeEqual } from 'node:crypto';
import type { RegisteredDesk } from '#core/contract/central/desks.ts';
import { deskActor } from '../access/identify.ts';
import { randomToken, tokenHash } from '../access/tokens.ts';
import type { BaseContext, CommandContext } from '../context.ts';
import type { Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { inTransaction } from '../http/transaction.ts';
import { getDesk } from './desk-rows.ts';

export type Collected =
  | { status: 'waiting'; desk: null; credential: null }
  | { status: 'approved'; desk: RegisteredDesk; credential: string };

interface Collection {
  readonly id: string;
  readonly secret: string;
}

/**
 * Gives an approved desk its credential. As long as none was used, asking again gives a fresh one and kills the one before:
 * an answer that was lost on the way loses nothing and leaves nothing alive. Throws enrolment_gone when it lapsed, when the
 * credential was used, when the desk was withdrawn, and for a secret that is not of this enrolment.
 */
export async function collectEnrolment(base: BaseContext, input: Collection): Promise<Collected> {
  const found = await base.db
    .selectFrom('deskEnrolments')
    .leftJoin('desks', 'desks.id', 'deskEnrolments.deskId')
    .select(['secretHash', 'expiresAt', 'deskId', 'desks.number', 'desks.name', 'desks.storeId'])
    .where('deskEnrolments.id', '=', input.id)
    .executeTakeFirst();
  if (!found || !isSame(found.secretHash, tokenHash(input.secret))) throw fail('enrolment_gone');
  const { deskId, number, name, storeId } = found;
  if (deskId === null || number === null || name === null || storeId === null) {
    if (found.expiresAt <= base.clock.now()) throw fail('enrolment_gone');
    return { status: 'waiting', desk: null, credential: null };
  }
  const actor = deskActor({ id: deskId, number, name, storeId });
  return inTransaction(base, actor, (context) => handOut(context, input.id, deskId));
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

async function handOut(context: CommandContext, enrolmentId: string, deskId: string): Promise<Collected> {
  const { tx, clock, audit } = context;
  const now = clock.now();
  const credential = randomToken('cdk');
  await replaceCredential(tx, deskId, tokenHash(credential));
  await tx.updateTable('deskEnrolments').set({ collectedAt: now }).where('id', '=', enrolmentId).execute();
  audit({ action: 'desk.credential_collected', subject: { type: 'desk', id: deskId } });
  return { status: 'approved', desk: await getDesk(tx, deskId, now), credential };
}

async function replaceCredential(tx: Tx, deskId: string, credentialHash: string): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('desks')
    .set({ credentialHash })
    .where('id', '=', deskId)
    .where('lastSeenAt', 'is', null)
    .where('revokedAt', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw fail('enrolment_gone');
}

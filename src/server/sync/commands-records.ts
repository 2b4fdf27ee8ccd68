import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ErrorData } from '#core/contract/errors.ts';
import type { Command, CommandOutcome } from '#core/sync/commands.ts';
import { canonicalJson, storable } from '../audit/canonical.ts';
import type { Reader, Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import type { Door } from './commands-doors.ts';

/** What a command came to, for good. */
export type Decision =
  | { readonly outcome: 'accepted'; readonly result: Record<string, unknown> }
  | { readonly outcome: 'refused'; readonly error: ErrorData };

/** Commands of one id run one after the other, until the transaction ends; also those of other desks. */
export async function lockCommand(tx: Tx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`command ${id.toLowerCase()}`}, 0))`.execute(tx);
}

export interface KeptDecision {
  readonly decision: Decision;
  readonly handedInBy: number | null;
}

/** What was decided about a command; null when it is new. Throws idempotency_key_reused when its id was another's. */
export async function findDecision(reader: Reader, command: Command): Promise<KeptDecision | null> {
  const kept = await reader.selectFrom('syncCommands').selectAll().where('id', '=', command.id).executeTakeFirst();
  if (!kept) return null;
  const { type, userId, handedInBy } = kept;
  if (type !== command.type || userId !== command.userId || kept.payloadHash !== payloadHash(command))
    throw fail('idempotency_key_reused');
  const decision: Decision =
    kept.error === null
      ? { outcome: 'accepted', result: kept.result ?? {} }
      : { outcome: 'refused', error: kept.error };
  return { decision, handedInBy };
}

/** Keeps a decision for good. A second one for the same command is refused by the database, with all that it did. */
export async function keepDecision(
  tx: Tx,
  { desk, manager }: Door,
  command: Command,
  decision: Decision,
  receivedAt: Date,
): Promise<void> {
  const { id, userId, type } = command;
  await tx
    .insertInto('syncCommands')
    .values({
      ...{ id, userId, type, deskId: desk.id, payloadHash: payloadHash(command), madeAt: new Date(command.madeAt) },
      outcome: decision.outcome,
      result: decision.outcome === 'accepted' ? JSON.stringify(decision.result) : null,
      error: decision.outcome === 'refused' ? JSON.stringify(decision.error) : null,
      ...{ receivedAt, handedInBy: manager?.id ?? null },
    })
    .execute();
}

/** Forgets a refusal that is looked at once more, because its desk's work is handed in. */
export async function forgetDecision(tx: Tx, { id }: Command): Promise<void> {
  await tx.deleteFrom('syncCommands').where('id', '=', id).execute();
}

function payloadHash({ payload }: Command): string {
  return createHash('sha256').update(canonicalJson(payload)).digest('hex');
}

/** A decision as the database keeps it, so that the first answer is the same as every later one. */
export function accepted(result: Record<string, unknown>): Decision {
  return { outcome: 'accepted', result: storable(result) };
}

export function refused(error: { code: string; message: string; data?: unknown }): Decision {
  const { code, message, data } = error;
  const kept = data === undefined ? { code, message } : { code, message, data };
  return { outcome: 'refused', error: storable(kept) as ErrorData };
}

export function outcomeOf({ id }: Command, decision: Decision): CommandOutcome {
  return { id, ...decision };
}

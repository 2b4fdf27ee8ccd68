import type { Blocked, Impersonation } from '#core/contract/central/impersonations.ts';
import type { CommandContext } from '../context.ts';
import { fail } from '../http/errors.ts';
import { aboutImpersonation } from './end.ts';
import { ownImpersonation, presentImpersonation, whyOver } from './state.ts';

/** The second, audited step. Taking it twice is taking it once. Throws impersonation_over. */
export async function allowChanges(context: CommandContext, id: string, userId: number): Promise<Impersonation> {
  const { tx, clock } = context;
  const row = await ownImpersonation(tx, id, userId);
  const now = clock.now();
  const over = whyOver(row, now);
  if (over !== null) throw fail('impersonation_over', { reason: over });
  const { numUpdatedRows } = await tx
    .updateTable('impersonations')
    .set({ changesAllowedAt: now })
    .where('id', '=', id)
    .where('changesAllowedAt', 'is', null)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) {
    const effective = { id: row.contactId, name: row.contactName };
    context.audit({ ...aboutImpersonation('impersonation.changes_allowed', row), effective });
  }
  return presentImpersonation(await ownImpersonation(tx, id, userId), now);
}

/** More than that says nothing new, and a page that tries without end must not fill the audit. */
const MOST_NOTES = 50;

/** Keeps what the desk's view refused: a way out of the portal. */
export async function noteBlocked(
  context: CommandContext,
  { id, kind, target }: Blocked & { readonly id: string },
  userId: number,
): Promise<void> {
  const { tx } = context;
  const row = await ownImpersonation(tx, id, userId);
  const { count } = await tx
    .selectFrom('auditEntries')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('customerId', '=', row.customerId)
    .where('action', '=', 'impersonation.blocked')
    .where('at', '>=', row.createdAt)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_NOTES) return;
  const effective = { id: row.contactId, name: row.contactName };
  context.audit({ ...aboutImpersonation('impersonation.blocked', row, { kind, target }), effective });
}

import type { ImpersonationEnd } from '#core/contract/central/impersonations.ts';
import { type AuditEntry, type BaseContext, type CommandContext, systemActor } from '../context.ts';
import type { Tx } from '../database/connection.ts';
import { inTransaction } from '../http/transaction.ts';
import { endPortalSessions } from '../self-care/sessions.ts';

/** Which ones; each is only of the living. */
export type Which =
  | { readonly id: string; readonly userId?: number }
  | { readonly userId: number }
  | { readonly staffSessionId: string }
  | { readonly accountId: number };

/** Whoever signs out, begins another one or presses End did it; of the rest whoever caused it, or central itself. */
const BY_STAFF: readonly ImpersonationEnd[] = ['ended', 'replaced', 'staff_signed_out'];

/**
 * Ends living impersonations, their portal sessions and their unused addresses, with a line of the audit for each.
 * Doing it twice, or two at once, ends each once. Returns the ids of those that it ended.
 */
export async function endImpersonations(
  context: Pick<CommandContext, 'tx' | 'clock' | 'audit'>,
  which: Which,
  reason: ImpersonationEnd,
): Promise<string[]> {
  const { tx, clock, audit } = context;
  const now = clock.now();
  let update = tx
    .updateTable('impersonations')
    .set({ endedAt: now, endReason: reason })
    .where('endedAt', 'is', null)
    .returning(['id', 'userId', 'contactId', 'customerId']);
  for (const [column, value] of Object.entries(which) as [keyof typeof columns, never][]) {
    if (value !== undefined) update = update.where(columns[column], '=', value);
  }
  const ended = await update.execute();
  for (const one of ended) {
    await endPortalSessions(tx, now, reason, { impersonationId: one.id });
    await tx
      .updateTable('portalLinks')
      .set({ usedAt: now })
      .where('impersonationId', '=', one.id)
      .where('usedAt', 'is', null)
      .execute();
    const { staff, effective } = await peopleOf(tx, one);
    audit({
      ...aboutImpersonation('impersonation.ended', one, { reason }),
      ...(BY_STAFF.includes(reason) ? { actor: staff } : {}),
      effective,
    });
  }
  return ended.map(({ id }) => id);
}

const columns = { id: 'id', userId: 'userId', staffSessionId: 'staffSessionId', accountId: 'accountId' } as const;

interface Identity {
  readonly id: string;
  readonly userId: number;
  readonly contactId: number;
  readonly customerId: number;
}

/** The real person, and in whose name. */
export async function peopleOf(tx: Tx, { userId, contactId }: Pick<Identity, 'userId' | 'contactId'>) {
  const user = await tx.selectFrom('users').select('name').where('id', '=', userId).executeTakeFirst();
  const contact = await tx.selectFrom('contacts').select('name').where('id', '=', contactId).executeTakeFirst();
  return {
    staff: { kind: 'user' as const, id: userId, name: user?.name ?? '' },
    effective: { id: contactId, name: contact?.name ?? '' },
  };
}

/** A line of the audit that the customer's activity shows too. */
export function aboutImpersonation(
  action: `impersonation.${string}`,
  { id, contactId, customerId }: Pick<Identity, 'id' | 'contactId' | 'customerId'>,
  detail: Record<string, unknown> = {},
): AuditEntry {
  return {
    action,
    subject: { type: 'customer', id: customerId },
    customerId,
    detail: { ...detail, impersonationId: id, contactId },
  };
}

/**
 * Ends one that was found to be over, whether or not anybody asked for it. A session whose cookie was shown by something
 * else than the desk's view has a line of its own, with where that came from.
 */
export async function endFoundOver(base: BaseContext, id: string, reason: ImpersonationEnd): Promise<void> {
  await inTransaction(base, systemActor, async (context) => {
    const ended = await endImpersonations(context, { id }, reason);
    if (ended.length === 0 || reason !== 'copied') return;
    const one = await context.tx
      .selectFrom('impersonations')
      .select(['id', 'userId', 'contactId', 'customerId'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const device = base.headers['user-agent'];
    context.audit({
      ...aboutImpersonation('impersonation.copied', one, { ip: base.ip, device: String(device ?? '').slice(0, 300) }),
      effective: (await peopleOf(context.tx, one)).effective,
    });
  });
}

import { v7 as uuid } from 'uuid';
import type { Impersonation } from '#core/contract/central/impersonations.ts';
import { lockedUntil } from '../access/lockout.ts';
import type { Actor, CommandContext, QueryContext } from '../context.ts';
import type { Tx } from '../database/connection.ts';
import type { CentralDeps } from '../deps.ts';
import { fail } from '../http/errors.ts';
import { inTransaction } from '../http/transaction.ts';
import type { Mailer } from '../mail/mailer.ts';
import { createLink } from '../self-care/links.ts';
import { aboutImpersonation, endImpersonations } from './end.ts';
import { LONGEST_MINUTES } from './over.ts';
import { ownImpersonation, presentImpersonation } from './state.ts';

interface StartInput {
  readonly contactId: number;
  readonly reason: string;
  readonly viewKeyHash?: string;
}

export interface StartDeps extends Pick<CentralDeps, 'publicUrl'> {
  readonly mailer: Pick<Mailer, 'post'>;
}

type Refusal = 'no_account' | 'account_locked' | 'account_disabled' | 'yourself' | 'staff';

/** IM-1: for a person, never for a program. */
export function staffId(actor: Actor): number {
  if (actor.kind !== 'user') throw fail('forbidden');
  return actor.id;
}

/**
 * Begins to look at the portal as a contact, and gives the address that opens it once. A former one of the same member of
 * staff ends. Throws not_found for an unknown contact and impersonation_refused, which is kept in the audit.
 */
export async function startImpersonation(
  base: QueryContext,
  input: StartInput,
  { publicUrl, mailer }: StartDeps,
): Promise<Impersonation & { portalUrl: string }> {
  const { actor } = base;
  const userId = staffId(actor);
  const outcome = await inTransaction(base, actor, async (context) => {
    const contact = await contactWithAccount(context.tx, input.contactId);
    const refusal = await whyRefused(context, userId, contact);
    if (refusal !== null) {
      const { contactId, customerId } = contact;
      context.audit({
        action: 'impersonation.start_refused',
        subject: { type: 'customer', id: customerId },
        customerId,
        detail: { contactId, refusal, reason: input.reason },
      });
      return { refusal };
    }
    const begun = await begin(context, userId, input, contact);
    await tellCustomer(context, begun.impersonation, { publicUrl, mailer });
    return { begun };
  });
  if (outcome.begun === undefined) throw fail('impersonation_refused', { reason: outcome.refusal });
  const { path, impersonation } = outcome.begun;
  return { ...impersonation, portalUrl: `${publicUrl()}${path}` };
}

async function contactWithAccount(tx: Tx, contactId: number) {
  const contact = await tx
    .selectFrom('contacts')
    .leftJoin('portalAccounts as account', 'account.contactId', 'contacts.id')
    .select(['contacts.id as contactId', 'contacts.customerId', 'contacts.name'])
    .select(['account.id as accountId', 'account.email', 'account.enabled'])
    .where('contacts.id', '=', contactId)
    .executeTakeFirst();
  if (!contact) throw fail('not_found', { what: 'contact' });
  return contact;
}
type ContactRow = Awaited<ReturnType<typeof contactWithAccount>>;

async function whyRefused(
  { tx, clock }: CommandContext,
  userId: number,
  { accountId, email, enabled }: ContactRow,
): Promise<Refusal | null> {
  if (accountId === null || email === null) return 'no_account';
  const staff = await tx.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst();
  if (staff) return staff.id === userId ? 'yourself' : 'staff';
  if (!enabled) return 'account_disabled';
  return (await lockedUntil(tx, { door: 'customer', email }, clock.now())) === null ? null : 'account_locked';
}

async function begin(
  context: CommandContext,
  userId: number,
  { reason, viewKeyHash }: StartInput,
  contact: ContactRow,
): Promise<{ path: string; impersonation: Impersonation }> {
  const { tx, clock, actor } = context;
  const { contactId, customerId, name } = contact;
  // Two that begin at once: the second waits here, and then ends the first's.
  await tx.selectFrom('users').select('id').where('id', '=', userId).forNoKeyUpdate().execute();
  await endImpersonations(context, { userId }, 'replaced');
  const id = uuid();
  const createdAt = clock.now();
  await tx
    .insertInto('impersonations')
    .values({
      ...{ id, userId, staffSessionId: actor.signInId ?? null, accountId: contact.accountId ?? 0 },
      ...{ contactId, customerId, reason, viewHash: viewKeyHash ?? null, createdAt },
      expiresAt: new Date(createdAt.getTime() + LONGEST_MINUTES * 60_000),
      ...{ changesAllowedAt: null, endedAt: null, endReason: null },
    })
    .execute();
  const { path } = await createLink(context, { mode: 'impersonation', customerId, contactId, impersonationId: id });
  context.audit({
    ...aboutImpersonation('impersonation.started', { id, contactId, customerId }, { reason }),
    effective: { id: contactId, name },
  });
  const impersonation = presentImpersonation(await ownImpersonation(tx, id, userId), createdAt);
  return { path, impersonation };
}

/** IM-7: the customer need not look into the activity to know. */
async function tellCustomer(
  context: CommandContext,
  { contact, staffName, reason, startedAt }: Impersonation,
  { mailer, publicUrl }: StartDeps,
): Promise<void> {
  const { email, language } = await context.tx
    .selectFrom('portalAccounts as account')
    .innerJoin('customers', 'customers.id', 'account.customerId')
    .select(['account.email', 'customers.language'])
    .where('account.contactId', '=', contact.id)
    .executeTakeFirstOrThrow();
  const activityLink = `${publicUrl()}/portal/activity`;
  const values = { name: contact.name, staffName, reason, at: startedAt, activityLink };
  await mailer.post(context, { template: 'impersonation', to: email, language, values });
}

import type { ContactAccount } from '#core/contract/central/accounts.ts';
import { clearFailures, lockedUntil } from '../access/lockout.ts';
import type { CommandContext } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { violatedConstraint } from '../database/failures.ts';
import { fail } from '../http/errors.ts';
import { endImpersonations } from '../impersonations/end.ts';
import { endPortalSessions } from '../self-care/sessions.ts';
import { forgetDevices } from './devices.ts';
import { createMailLink, voidMailLinks } from './mail-links.ts';
import { ownerOf, type Person, personOf } from './owners.ts';
import { type AccountParts, resetLink } from './parts.ts';
import { resetTwoFactor } from './second-step.ts';

interface OfContact {
  readonly id: number;
  readonly contactId: number;
}

/** A contact's account; null without one. Throws not_found for a contact that is not the customer's. */
export async function findContactAccount(reader: Reader, now: Date, of: OfContact): Promise<ContactAccount | null> {
  const contact = await contactRow(reader, of);
  if (contact.accountId === null) return null;
  const account = await reader
    .selectFrom('portalAccounts')
    .select(['email', 'enabled', 'lastSignInAt', 'passwordHash'])
    .where('id', '=', contact.accountId)
    .executeTakeFirstOrThrow();
  const owner = ownerOf('customer', contact.accountId);
  const second = await reader
    .selectFrom('twoFactors')
    .select('lockedUntil')
    .where('owner', '=', owner)
    .where('confirmedAt', 'is not', null)
    .executeTakeFirst();
  const { email, enabled, lastSignInAt, passwordHash } = account;
  const atCode = second?.lockedUntil && second.lockedUntil > now ? second.lockedUntil : null;
  const locked = (await lockedUntil(reader, { door: 'customer', email }, now)) ?? atCode;
  return {
    ...{ contactId: of.contactId, email, twoFactor: second !== undefined },
    status: !enabled ? 'disabled' : passwordHash === null ? 'invited' : 'active',
    lockedUntil: locked?.toISOString() ?? null,
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
  };
}

/**
 * Gives a contact an account and mails the invitation. One that was taken away begins anew: without the password and the
 * second step of before. Throws not_found, email_missing, account_exists, email_taken.
 */
export async function createContactAccount(
  context: CommandContext,
  parts: AccountParts,
  of: OfContact,
): Promise<ContactAccount> {
  const { tx, clock } = context;
  const contact = await contactRow(tx, of);
  if (contact.email === null) throw fail('email_missing');
  if (contact.enabled) throw fail('account_exists');
  const fresh = { email: contact.email.toLowerCase(), enabled: true, passwordHash: null, pendingEmail: null };
  const { id } = await tx
    .insertInto('portalAccounts')
    .values({ ...fresh, contactId: of.contactId, customerId: of.id, createdAt: clock.now() })
    .onConflict((conflict) =>
      conflict
        .column('contactId')
        .doUpdateSet({ ...fresh, lastSignInAt: null })
        .where('portalAccounts.enabled', '=', false),
    )
    .returning('id')
    .executeTakeFirst()
    .then((row) => row ?? Promise.reject(fail('account_exists')))
    .catch(explainTaken);
  await parts.factors.remove(context, ownerOf('customer', id));
  await setHasLogin(context, of.contactId, true);
  note(context, of, 'account.created');
  await invite(context, parts, await accountOf(tx, of));
  return present(context, of);
}

/** Takes an account away: its sessions and every look through its eyes end at once. Throws not_found, no_account. */
export async function disableContactAccount(context: CommandContext, of: OfContact): Promise<void> {
  const { tx, clock } = context;
  const { id, owner } = await accountOf(tx, of);
  const now = clock.now();
  await tx.updateTable('portalAccounts').set({ enabled: false, pendingEmail: null }).where('id', '=', id).execute();
  await endImpersonations(context, { accountId: id }, 'account_disabled');
  await endPortalSessions(tx, now, 'account_disabled', { accountId: id });
  await voidMailLinks(tx, now, owner, ['reset', 'invitation', 'email']);
  await forgetDevices(tx, owner);
  await setHasLogin(context, of.contactId, false);
  note(context, of, 'account.disabled');
}

/** Mails the invitation again; who has a password gets a link to a new one. Throws not_found, no_account. */
export async function inviteContact(
  context: CommandContext,
  parts: AccountParts,
  of: OfContact,
): Promise<ContactAccount> {
  await invite(context, parts, await accountOf(context.tx, of));
  note(context, of, 'account.invited');
  return present(context, of);
}

/** Opens an account that failed sign-ins have locked, at either step. Throws not_found, no_account. */
export async function unlockContactAccount(
  context: CommandContext,
  parts: AccountParts,
  of: OfContact,
): Promise<ContactAccount> {
  const { tx } = context;
  const { owner, email } = await accountOf(tx, of);
  await clearFailures(tx, { door: 'customer', email });
  await parts.factors.unlock(context, owner);
  note(context, of, 'account.unlocked');
  return present(context, of);
}

/** For who lost their device, after a check of who they are (AU-8). Throws not_found, no_account. */
export async function resetContactTwoFactor(
  context: CommandContext,
  parts: AccountParts,
  of: OfContact,
): Promise<ContactAccount> {
  await resetTwoFactor(context, parts, await accountOf(context.tx, of));
  return present(context, of);
}

async function contactRow(reader: Reader, { id, contactId }: OfContact) {
  const contact = await reader
    .selectFrom('contacts')
    .leftJoin('portalAccounts as account', 'account.contactId', 'contacts.id')
    .select(['contacts.email', 'account.id as accountId', 'account.enabled'])
    .where('contacts.id', '=', contactId)
    .where('contacts.customerId', '=', id)
    .executeTakeFirst();
  if (!contact) throw fail('not_found', { what: 'contact' });
  return contact;
}

async function accountOf(reader: Reader, of: OfContact): Promise<Person> {
  const { accountId, enabled } = await contactRow(reader, of);
  const person = accountId !== null && enabled ? await personOf(reader, ownerOf('customer', accountId)) : undefined;
  if (!person) throw fail('no_account');
  return person;
}

async function invite(
  context: CommandContext,
  parts: AccountParts,
  { owner, name, email, language, passwordHash }: Person,
): Promise<void> {
  const purpose = passwordHash === null ? 'invitation' : 'reset';
  const link = resetLink(parts.publicUrl(), await createMailLink(context.tx, context.clock.now(), { owner, purpose }));
  const to = { to: email, language: language ?? 'en' } as const;
  await (purpose === 'invitation'
    ? parts.mailer.post(context, { ...to, template: 'portal-invitation', values: { name, email, link } })
    : parts.mailer.post(context, { ...to, template: 'password-reset', values: { name, link } }));
}

/** Desks show who has a login: the contact's own row says so, and is sent to them. */
async function setHasLogin({ tx }: CommandContext, contactId: number, hasLogin: boolean): Promise<void> {
  await tx.updateTable('contacts').set({ hasLogin }).where('id', '=', contactId).execute();
}

function note({ audit }: CommandContext, { id, contactId }: OfContact, action: string): void {
  audit({ action, subject: { type: 'contact', id: contactId }, customerId: id });
}

async function present({ tx, clock }: CommandContext, of: OfContact): Promise<ContactAccount> {
  const account = await findContactAccount(tx, clock.now(), of);
  if (!account) throw fail('no_account');
  return account;
}

function explainTaken(error: unknown): never {
  if (violatedConstraint(error) === 'portal_accounts_email_key') throw fail('email_taken');
  throw error;
}

import type { BaseContext, CommandContext } from '../context.ts';
import { refreshTerms } from '../customers/terms.ts';
import { violatedConstraint } from '../database/failures.ts';
import { fail } from '../http/errors.ts';
import { inTransaction } from '../http/transaction.ts';
import { createMailLink, hadEnough, mailLink, takeMailLink, voidMailLinks } from './mail-links.ts';
import { type Person, personByEmail, personOf } from './owners.ts';
import { type AccountParts, actorOf, subjectOf, verifyLink } from './parts.ts';

/**
 * Notes a new address and mails its link there, and a notice to the old one (AU-4). An address that another account has is
 * answered alike, so that nobody learns who is a customer: its owner gets a mail that says so, and no link. Throws
 * rate_limited after five in an hour, and email_taken for the address that the account has anyway.
 */
export async function askForNewEmail(
  base: BaseContext,
  parts: AccountParts,
  person: Person,
  newEmail: string,
): Promise<{ pendingEmail: string }> {
  const pendingEmail = newEmail.toLowerCase();
  if (pendingEmail === person.email) throw fail('email_taken');
  await inTransaction(base, actorOf(person), async (context) => {
    const { tx, clock } = context;
    const now = clock.now();
    const { owner } = person;
    if (await hadEnough(tx, now, owner, 'email')) throw fail('rate_limited', { retryAfterSeconds: 3600 });
    await tx.updateTable('portalAccounts').set({ pendingEmail }).where('id', '=', person.id).execute();
    const token = await createMailLink(tx, now, { owner, purpose: 'email', email: pendingEmail });
    const taken = await personByEmail(tx, 'customer', pendingEmail);
    await (taken ? tellWhoHasIt(context, parts, taken) : sendVerifyLink(context, parts, person, pendingEmail, token));
    await tellOldAddress(context, parts, person, 'asked', pendingEmail);
    context.audit({ action: 'account.email_change_asked', ...subjectOf(person) });
  });
  return { pendingEmail };
}

/** Lets an address go that waits for its link. */
export async function cancelNewEmail(context: CommandContext, person: Person): Promise<void> {
  const { tx, clock } = context;
  await voidMailLinks(tx, clock.now(), person.owner, ['email']);
  await tx.updateTable('portalAccounts').set({ pendingEmail: null }).where('id', '=', person.id).execute();
  context.audit({ action: 'account.email_change_cancelled', ...subjectOf(person) });
}

/**
 * Moves an account and its contact to the address whose link was opened. Password links that went to the old address work
 * no more. Throws link_gone, and email_taken when somebody else got the address meanwhile.
 */
export async function confirmNewEmail(
  base: BaseContext,
  parts: AccountParts,
  token: string,
): Promise<{ email: string }> {
  const { owner } = await mailLink(base.db, base.clock.now(), token, ['email']);
  const found = await personOf(base.db, owner);
  if (!found?.usable) throw fail('link_gone');
  return inTransaction(base, actorOf(found), async (context) => {
    const { tx, clock } = context;
    const now = clock.now();
    const { email } = await takeMailLink(tx, now, token, ['email']);
    const person = await personOf(tx, owner);
    if (!person?.usable || email === null) throw fail('link_gone');
    await moveTo(context, person, email);
    await voidMailLinks(tx, now, owner, ['reset', 'invitation']);
    await tellOldAddress(context, parts, person, 'changed', email);
    context.audit({ action: 'account.email_changed', ...subjectOf(person), detail: { ip: base.ip } });
    return { email };
  });
}

async function moveTo({ tx }: CommandContext, person: Person, email: string): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('portalAccounts')
    .set({ email, pendingEmail: null })
    .where('id', '=', person.id)
    .where('pendingEmail', '=', email)
    .executeTakeFirst()
    .catch((error) => {
      if (violatedConstraint(error) === 'portal_accounts_email_key') throw fail('email_taken');
      throw error;
    });
  if (numUpdatedRows !== 1n || person.contactId === null || person.customerId === null) throw fail('link_gone');
  await tx.updateTable('contacts').set({ email }).where('id', '=', person.contactId).execute();
  await refreshTerms(tx, person.customerId);
}

async function sendVerifyLink(
  context: CommandContext,
  parts: AccountParts,
  { name, language }: Person,
  email: string,
  token: string,
): Promise<void> {
  await parts.mailer.post(context, {
    ...{ template: 'verify-email', to: email, language: language ?? 'en' },
    values: { name, email, link: verifyLink(parts.publicUrl(), token) },
  });
}

async function tellWhoHasIt(
  context: CommandContext,
  parts: AccountParts,
  { name, email, language }: Person,
): Promise<void> {
  const to = { to: email, language: language ?? 'en' } as const;
  await parts.mailer.post(context, { template: 'email-in-use', ...to, values: { name, email } });
}

async function tellOldAddress(
  context: CommandContext,
  parts: AccountParts,
  { name, email: to, language }: Person,
  state: 'asked' | 'changed',
  newEmail: string,
): Promise<void> {
  await parts.mailer.post(context, {
    ...{ template: 'email-changed-notice', to, language: language ?? 'en' },
    values: { name, state, email: hidden(newEmail), at: context.clock.now().toISOString() },
  });
}

/** `n…@example.com`: enough to know one's own. */
function hidden(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}…${email.slice(at)}`;
}

import { clearFailures } from '../access/lockout.ts';
import { hashPassword } from '../access/passwords.ts';
import type { BaseContext, CommandContext } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { inTransaction } from '../http/transaction.ts';
import { endPortalSessions } from '../self-care/sessions.ts';
import { forgetDevices, whereabouts } from './devices.ts';
import { mailLink, takeMailLink, voidMailLinks } from './mail-links.ts';
import { type Person, personOf } from './owners.ts';
import { type AccountParts, actorOf, forgotLink, subjectOf } from './parts.ts';
import type { Owner } from './tables.ts';

const PASSWORD_LINKS = ['reset', 'invitation'] as const;

/** Whom a password link is for. Throws link_gone. */
export async function checkPasswordLink(base: BaseContext, token: string) {
  const { owner, purpose } = await mailLink(base.db, base.clock.now(), token, PASSWORD_LINKS);
  const { door, email } = await ownerOfLink(base.db, owner);
  return { kind: door, purpose: purpose === 'invitation' ? ('invitation' as const) : ('reset' as const), email };
}

async function ownerOfLink(reader: Reader, owner: Owner): Promise<Person> {
  const person = await personOf(reader, owner);
  if (!person?.usable) throw fail('link_gone');
  return person;
}

/**
 * Sets a password with a link (AU-5), once. Ends every session, forgets every browser and other link of the account, and
 * opens an address that was locked. A second step stays, and so does its lock. Throws link_gone.
 */
export async function setPasswordByLink(
  base: BaseContext,
  parts: AccountParts,
  { token, password }: { token: string; password: string },
): Promise<void> {
  const { owner } = await mailLink(base.db, base.clock.now(), token, PASSWORD_LINKS);
  const person = await ownerOfLink(base.db, owner);
  const passwordHash = await hashPassword(password);
  await inTransaction(base, actorOf(person), async (context) => {
    const { tx, clock } = context;
    const { purpose } = await takeMailLink(tx, clock.now(), token, PASSWORD_LINKS);
    await storePassword(context, person, passwordHash);
    await endSessionsOf(context, person, 'password_changed');
    await forgetDevices(tx, owner);
    await clearFailures(tx, person);
    context.audit({ action: 'account.password_set', ...subjectOf(person), detail: { by: purpose, ip: base.ip } });
    if (purpose === 'reset') await tellOfNewPassword(context, parts, person);
  });
}

/** Changes the password of who is signed in and has shown the current one (AU-4). `keep` stays signed in. */
export async function changeOwnPassword(
  base: BaseContext,
  parts: AccountParts,
  person: Person,
  { password, keep }: { password: string; keep: { sessionId: string | undefined; deviceTokens: readonly string[] } },
): Promise<void> {
  const passwordHash = await hashPassword(password);
  await inTransaction(base, actorOf(person), async (context) => {
    await storePassword(context, person, passwordHash);
    await endSessionsOf(context, person, 'password_changed', keep.sessionId);
    await forgetDevices(context.tx, person.owner, keep.deviceTokens);
    context.audit({ action: 'account.password_changed', ...subjectOf(person), detail: { ip: base.ip } });
    await tellOfNewPassword(context, parts, person);
  });
}

/** Links sent before stop working, a new address that waits too: whoever asked for them may be why it is changed. */
async function storePassword(context: CommandContext, person: Person, passwordHash: string): Promise<void> {
  const { tx, clock } = context;
  await voidMailLinks(tx, clock.now(), person.owner, ['reset', 'invitation', 'email']);
  if (person.door === 'staff') {
    await tx.updateTable('users').set({ passwordHash }).where('id', '=', person.id).execute();
    return;
  }
  await tx
    .updateTable('portalAccounts')
    .set({ passwordHash, pendingEmail: null })
    .where('id', '=', person.id)
    .execute();
}

async function endSessionsOf(
  { tx, clock }: CommandContext,
  { door, id }: Person,
  reason: string,
  except?: string,
): Promise<void> {
  const now = clock.now();
  if (door === 'customer') {
    await endPortalSessions(tx, now, reason, { accountId: id, ...(except === undefined ? {} : { except }) });
    return;
  }
  let sessions = tx
    .updateTable('sessions')
    .set({ endedAt: now, endReason: reason })
    .where('userId', '=', id)
    .where('endedAt', 'is', null);
  if (except !== undefined) sessions = sessions.where('id', '<>', except);
  await sessions.execute();
}

async function tellOfNewPassword(context: CommandContext, parts: AccountParts, person: Person): Promise<void> {
  const { name, email, language } = person;
  await parts.mailer.post(context, {
    ...{ template: 'password-changed', to: email, language: language ?? 'en' },
    values: { name, ...whereabouts(context), forgotLink: forgotLink(parts.publicUrl()) },
  });
}

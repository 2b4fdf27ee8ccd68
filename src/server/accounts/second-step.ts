import type { BaseContext, CommandContext } from '../context.ts';
import { fail } from '../http/errors.ts';
import { inTransaction } from '../http/transaction.ts';
import { requireCode, requirePassword } from './attempts.ts';
import type { Person } from './owners.ts';
import { type AccountParts, actorOf, subjectOf } from './parts.ts';

type BackupCodes = { backupCodes: string[] };
type Change = 'on' | 'off' | 'codes' | 'reset';

/** How an account is protected, as its owner sees it. */
export async function twoFactorOf({ db }: Pick<BaseContext, 'db'>, parts: AccountParts, person: Pick<Person, 'owner'>) {
  const { enabled, enabledAt, backupCodesLeft } = await parts.factors.stateOf(db, person.owner);
  return { enabled, backupCodesLeft, enabledAt: enabledAt?.toISOString() ?? null };
}

/** A new secret for the authenticator, for who shows the password. Throws password_wrong, account_locked, two_factor_state. */
export async function beginTwoFactor(base: BaseContext, parts: AccountParts, person: Person, password: string) {
  await requirePassword(base, parts, person, password);
  return inTransaction(base, actorOf(person), (context) => parts.factors.begin(context, person.owner, person.email));
}

/** Switches it on with a first right code. Throws otp_invalid, account_locked, two_factor_state. */
export async function confirmTwoFactor(
  base: BaseContext,
  parts: AccountParts,
  person: Person,
  code: string,
): Promise<BackupCodes> {
  const { outcome, backupCodes } = await inTransaction(base, actorOf(person), async (context) => {
    const confirmed = await parts.factors.confirm(context, person.owner, code);
    if (confirmed.backupCodes) await tell(context, parts, person, 'on');
    return confirmed;
  });
  if (outcome.kind === 'locked') throw fail('account_locked', { until: outcome.until.toISOString() });
  if (!backupCodes) throw fail('otp_invalid');
  return { backupCodes };
}

/** Ten new backup codes; those before work no more. Throws otp_invalid, account_locked, two_factor_state. */
export async function renewBackupCodes(
  base: BaseContext,
  parts: AccountParts,
  person: Person,
  code: string,
): Promise<BackupCodes> {
  await requireCode(base, parts, person, code);
  return inTransaction(base, actorOf(person), async (context) => {
    await tell(context, parts, person, 'codes');
    return { backupCodes: await parts.factors.renewBackupCodes(context, person.owner) };
  });
}

/** Switches it off, for who shows password and code. Throws password_wrong, otp_invalid, account_locked, two_factor_state. */
export async function disableTwoFactor(
  base: BaseContext,
  parts: AccountParts,
  person: Person,
  { password, code }: { password: string; code: string },
): Promise<void> {
  await requirePassword(base, parts, person, password);
  await requireCode(base, parts, person, code);
  await inTransaction(base, actorOf(person), async (context) => {
    if (await parts.factors.remove(context, person.owner)) await tell(context, parts, person, 'off');
  });
}

/** Takes it off an account whose owner lost their device, after staff checked who they are (AU-8). Nothing for one without. */
export async function resetTwoFactor(context: CommandContext, parts: AccountParts, person: Person): Promise<void> {
  if (await parts.factors.remove(context, person.owner)) await tell(context, parts, person, 'reset');
}

/** In the audit, and by mail to the owner. */
async function tell(context: CommandContext, parts: AccountParts, person: Person, change: Change): Promise<void> {
  const { name, email, language } = person;
  context.audit({ action: `account.two_factor_${change}`, ...subjectOf(person), detail: { ip: context.ip } });
  await parts.mailer.post(context, {
    ...{ template: 'two-factor-changed', to: email, language: language ?? 'en' },
    values: { name, change, at: context.clock.now().toISOString() },
  });
}

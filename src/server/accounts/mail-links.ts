import { randomToken, tokenHash } from '../access/tokens.ts';
import type { Reader, Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import type { AccountTables, Owner } from './tables.ts';

export type Purpose = AccountTables['mailLinks']['purpose'];

const HOUR_MS = 3_600_000;
/** AU-5; an invitation waits for a week, a new address for a day. */
const LIVES_MS: Record<Purpose, number> = { reset: HOUR_MS, invitation: 7 * 24 * HOUR_MS, email: 24 * HOUR_MS };
/** So many mails of one kind go to one account in an hour. */
const PER_HOUR = 5;

export interface NewMailLink {
  readonly owner: Owner;
  readonly purpose: Purpose;
  /** The new address, of purpose `email`. */
  readonly email?: string;
}

/** Makes a link that works once; those before it of the same purpose work no more. Gives its token, kept as a hash only. */
export async function createMailLink(tx: Tx, now: Date, { owner, purpose, email }: NewMailLink): Promise<string> {
  await voidMailLinks(tx, now, owner, [purpose]);
  const token = randomToken('cml');
  const expiresAt = new Date(now.getTime() + LIVES_MS[purpose]);
  await tx
    .insertInto('mailLinks')
    .values({ hash: tokenHash(token), owner, purpose, email: email ?? null, createdAt: now, expiresAt, usedAt: null })
    .execute();
  return token;
}

export async function voidMailLinks(tx: Tx, now: Date, owner: Owner, purposes: readonly Purpose[]): Promise<void> {
  await tx
    .updateTable('mailLinks')
    .set({ usedAt: now })
    .where('owner', '=', owner)
    .where('purpose', 'in', purposes)
    .where('usedAt', 'is', null)
    .execute();
}

/** Whether an account has had as many mails of a kind in the last hour as it gets. */
export async function hadEnough(reader: Reader, now: Date, owner: Owner, purpose: Purpose): Promise<boolean> {
  const { count } = await reader
    .selectFrom('mailLinks')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('owner', '=', owner)
    .where('purpose', '=', purpose)
    .where('createdAt', '>', new Date(now.getTime() - HOUR_MS))
    .executeTakeFirstOrThrow();
  return Number(count) >= PER_HOUR;
}

/** A link that still works. Throws link_gone. */
export async function mailLink(reader: Reader, now: Date, token: string, purposes: readonly Purpose[]) {
  return living(await linkRows(reader, token, purposes).executeTakeFirst(), now);
}

/** Uses a link up; of two who come with it at once, one gets it. Throws link_gone. */
export async function takeMailLink(tx: Tx, now: Date, token: string, purposes: readonly Purpose[]) {
  const link = living(await linkRows(tx, token, purposes).forUpdate().executeTakeFirst(), now);
  await tx.updateTable('mailLinks').set({ usedAt: now }).where('hash', '=', link.hash).execute();
  return link;
}

function linkRows(reader: Reader, token: string, purposes: readonly Purpose[]) {
  return reader
    .selectFrom('mailLinks')
    .selectAll()
    .where('hash', '=', tokenHash(token))
    .where('purpose', 'in', purposes);
}
type LinkRow = Awaited<ReturnType<ReturnType<typeof linkRows>['executeTakeFirstOrThrow']>>;

function living(row: LinkRow | undefined, now: Date): LinkRow {
  if (!row || row.usedAt !== null || row.expiresAt <= now) throw fail('link_gone');
  return row;
}

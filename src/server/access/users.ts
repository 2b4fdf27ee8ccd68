import type { z } from 'zod';
import type { managedUserSchema } from '#core/contract/central/access.ts';
import { hasPermission } from '#core/domain/granted.ts';
import { permissionsOf, type Role, type StaffUser } from '#core/domain/user.ts';
import { ownerOf, personOf } from '../accounts/owners.ts';
import type { AccountParts } from '../accounts/parts.ts';
import { resetTwoFactor } from '../accounts/second-step.ts';
import type { CommandContext } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { violatedConstraint } from '../database/failures.ts';
import { fail } from '../http/errors.ts';
import { type Page, pageFrom, readCursor } from '../http/page.ts';
import { endImpersonations } from '../impersonations/end.ts';
import { clearFailures } from './lockout.ts';
import { hashPassword } from './passwords.ts';
import { mustEnrol, secondFactor } from './policy.ts';

export type ManagedUser = z.infer<typeof managedUserSchema>;

function userRows(reader: Reader) {
  return reader
    .selectFrom('users')
    .leftJoin('stores', 'stores.id', 'users.storeId')
    .leftJoin('signInFailures', (join) =>
      join.onRef('signInFailures.email', '=', 'users.email').on('signInFailures.door', '=', 'staff'),
    )
    .select([
      'users.id',
      'users.name',
      'users.email',
      'users.roles',
      'users.enabled',
      'users.storeId',
      'stores.name as storeName',
      'signInFailures.lockedUntil',
      secondFactor.has,
      secondFactor.policy,
    ]);
}
type UserRow = Awaited<ReturnType<ReturnType<typeof userRows>['executeTakeFirstOrThrow']>>;

function present(row: UserRow): StaffUser {
  const { id, name, email, roles, storeId, storeName } = row;
  const store = storeId === null ? null : { id: storeId, name: storeName ?? '' };
  return {
    ...{ id, name, email, roles, permissions: permissionsOf(roles), store },
    ...(mustEnrol(row) ? { mustEnrolTwoFactor: true as const } : {}),
  };
}

function presentManaged(row: UserRow, now: Date): ManagedUser {
  const isLocked = row.lockedUntil !== null && row.lockedUntil > now;
  return {
    ...present(row),
    enabled: row.enabled,
    twoFactor: row.hasTwoFactor,
    lockedUntil: isLocked ? (row.lockedUntil?.toISOString() ?? null) : null,
  };
}

/** A member of staff as their own screens see them. Throws not_found. */
export async function staffUser(reader: Reader, id: number): Promise<StaffUser> {
  const row = await userRows(reader).where('users.id', '=', id).executeTakeFirst();
  if (!row) throw fail('not_found', { what: 'user' });
  return present(row);
}

export async function listUsers(
  reader: Reader,
  now: Date,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Page<ManagedUser>> {
  const after = readCursor<{ id: number }>(cursor)?.id ?? 0;
  const rows = await userRows(reader)
    .where('users.id', '>', after)
    .orderBy('users.id')
    .limit(limit + 1)
    .execute();
  return pageFrom(
    rows,
    limit,
    ({ id }) => ({ id }),
    (row) => presentManaged(row, now),
  );
}

async function managedUser({ tx, clock }: CommandContext, id: number): Promise<ManagedUser> {
  const row = await userRows(tx).where('users.id', '=', id).executeTakeFirst();
  if (!row) throw fail('not_found', { what: 'user' });
  return presentManaged(row, clock.now());
}

interface NewUser {
  name: string;
  email: string;
  password: string;
  roles: Role[];
  storeId?: number | null;
}

/** Adds a member of staff. Throws email_taken, and not_found for an unknown store. */
export async function createUser(context: CommandContext, input: NewUser): Promise<ManagedUser> {
  const { name, roles, storeId = null } = input;
  const email = input.email.toLowerCase();
  const passwordHash = await hashPassword(input.password);
  const { id } = await context.tx
    .insertInto('users')
    .values({ name, email, passwordHash, roles, storeId, createdAt: context.clock.now() })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(explainUserViolation);
  context.audit({ action: 'user.created', subject: { type: 'user', id }, detail: { name, email, roles, storeId } });
  return managedUser(context, id);
}

interface UserChange {
  id: number;
  name?: string;
  roles?: Role[];
  storeId?: number | null;
  enabled?: boolean;
  unlock?: boolean;
  resetTwoFactor?: true;
}

/** Changes a member of staff; acts at their next request. Throws last_admin: somebody who is enabled stays one. */
export async function changeUser(
  context: CommandContext,
  parts: AccountParts,
  change: UserChange,
): Promise<ManagedUser> {
  const { id, unlock, resetTwoFactor: reset, ...fields } = change;
  const before = await context.tx.selectFrom('users').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!before) throw fail('not_found', { what: 'user' });
  const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  if (Object.keys(set).length > 0) {
    await context.tx.updateTable('users').set(set).where('id', '=', id).execute().catch(explainUserViolation);
  }
  if (unlock) {
    await clearFailures(context.tx, { door: 'staff', email: before.email });
    await parts.factors.unlock(context, ownerOf('staff', id));
  }
  if (reset) await resetTwoFactorOf(context, parts, id);
  await refuseNoAdmin(context);
  await endWhatMayNotGoOn(context, id);
  context.audit({
    action: 'user.changed',
    subject: { type: 'user', id },
    detail: { ...set, unlock, resetTwoFactor: reset },
  });
  return managedUser(context, id);
}

/** A colleague who lost their device (AU-8); one's own is switched off with the password and a code. */
async function resetTwoFactorOf(context: CommandContext, parts: AccountParts, id: number): Promise<void> {
  if (context.actor.kind === 'user' && context.actor.id === id) throw fail('forbidden');
  const person = await personOf(context.tx, ownerOf('staff', id));
  if (person) await resetTwoFactor(context, parts, person);
}

/** Looking through a customer's eyes ends with the right to it. */
async function endWhatMayNotGoOn(context: CommandContext, id: number): Promise<void> {
  const { enabled, roles } = await context.tx
    .selectFrom('users')
    .select(['enabled', 'roles'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (!enabled) await endImpersonations(context, { userId: id }, 'staff_disabled');
  else if (!hasPermission(permissionsOf(roles), 'can_impersonate'))
    await endImpersonations(context, { userId: id }, 'permission_revoked');
}

async function refuseNoAdmin({ tx }: CommandContext): Promise<void> {
  const admins = await tx.selectFrom('users').select(['id', 'roles']).where('enabled', '=', true).execute();
  if (admins.some(({ roles }) => roles.includes('admin'))) return;
  throw fail('last_admin');
}

function explainUserViolation(error: unknown): never {
  const constraint = violatedConstraint(error);
  if (constraint === 'users_email_key') throw fail('email_taken');
  if (constraint === 'users_store_id_fkey') throw fail('not_found', { what: 'store' });
  throw error;
}

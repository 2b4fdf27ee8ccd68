import { sql } from 'kysely';
import { type AccessPolicy, type AccessPolicyState, accessPolicySchema } from '#core/contract/central/accounts.ts';
import { type Role, roleSchema } from '#core/domain/user.ts';
import type { CommandContext } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { readSetting, writeSetting } from '../system/settings.ts';

const KEY = 'access_policy';
const NOBODY: AccessPolicy = { twoFactorRoles: [] };

/** Who must sign in with two factors (AU-7). */
export async function readPolicy(reader: Reader): Promise<AccessPolicy> {
  return policyFrom(await readSetting(reader, KEY));
}

/** Acts at the next request of everybody whom it concerns. */
export async function changePolicy({ tx, audit }: CommandContext, policy: AccessPolicy): Promise<AccessPolicyState> {
  const twoFactorRoles = [...new Set(policy.twoFactorRoles)];
  await writeSetting(tx, KEY, { twoFactorRoles });
  audit({ action: 'access_policy.changed', subject: { type: 'setting', id: KEY }, detail: { twoFactorRoles } });
  return { twoFactorRoles, withoutTwoFactor: await withoutTwoFactor(tx) };
}

/** The policy as whoever sets it needs it: with how many it would stop until they have set it up. */
export async function policyState(reader: Reader): Promise<AccessPolicyState> {
  return { ...(await readPolicy(reader)), withoutTwoFactor: await withoutTwoFactor(reader) };
}

/** Of a row of `users`. */
const hasSecondFactor = sql<boolean>`exists (select from two_factors as second where second.owner = 'staff:' || users.id
  and second.confirmed_at is not null)`;

async function withoutTwoFactor(reader: Reader): Promise<AccessPolicyState['withoutTwoFactor']> {
  const { rows } = await sql<{ role: Role; people: number }>`
    select role, count(*)::int as people from users, unnest(roles) as role
    where enabled and not ${hasSecondFactor} group by role`.execute(reader);
  const counted = new Map(rows.map(({ role, people }) => [role, people]));
  const all = roleSchema.options.map((role) => [role, counted.get(role) ?? 0]);
  return Object.fromEntries(all) as AccessPolicyState['withoutTwoFactor'];
}

/** What a row of `users` says about its second factor, together with the policy: one round trip for both. */
export const secondFactor = {
  has: hasSecondFactor.as('hasTwoFactor'),
  policy: sql<unknown>`(select value from settings where key = ${KEY})`.as('policy'),
};

interface SecondFactorFacts {
  readonly roles: readonly Role[];
  readonly hasTwoFactor: boolean;
  readonly policy: unknown;
}

/** True for who has to set up two-factor sign-in before anything else. */
export function mustEnrol({ roles, hasTwoFactor, policy }: SecondFactorFacts): boolean {
  return !hasTwoFactor && isForced(policyFrom(policy), roles);
}

export function isForced({ twoFactorRoles }: AccessPolicy, roles: readonly Role[]): boolean {
  return roles.some((role) => twoFactorRoles.includes(role));
}

function policyFrom(value: unknown): AccessPolicy {
  return value === undefined || value === null ? NOBODY : accessPolicySchema.parse(value);
}

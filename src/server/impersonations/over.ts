import type { ImpersonationEnd } from '#core/contract/central/impersonations.ts';
import { hasPermission } from '#core/domain/granted.ts';
import { permissionsOf, type Role } from '#core/domain/user.ts';

export const LONGEST_MINUTES = 30;
export const IDLE_MINUTES = 10;

/** What an impersonation hangs on. */
export interface Lifeline {
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  readonly expiresAt: Date;
  /** When somebody last did something in it; when it began, before it was entered. */
  readonly lastActAt: Date;
  readonly accountEnabled: boolean | null;
  readonly staffEnabled: boolean | null;
  readonly staffRoles: readonly Role[] | null;
  /** When the sign-in that it hangs on ended. */
  readonly staffEndedAt: Date | null;
}

/** Why an impersonation is over; null while it lives. Everything it hangs on is read at each request: a change acts at once. */
export function whyImpersonationOver(line: Lifeline, now: Date): ImpersonationEnd | null {
  if (line.endedAt !== null) return (line.endReason as ImpersonationEnd | null) ?? 'ended';
  if (line.staffEnabled !== true) return 'staff_disabled';
  if (!hasPermission(permissionsOf(line.staffRoles ?? []), 'can_impersonate')) return 'permission_revoked';
  if (line.staffEndedAt !== null) return 'staff_signed_out';
  if (line.accountEnabled !== true) return 'account_disabled';
  if (line.expiresAt <= now) return 'expired';
  if (now.getTime() - line.lastActAt.getTime() >= IDLE_MINUTES * 60_000) return 'idle';
  return null;
}

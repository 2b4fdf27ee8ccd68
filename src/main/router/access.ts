import type { RouteMeta } from '#core/contract/base.ts';
import { hasPermission } from '#core/domain/granted.ts';
import type { StaffUser } from '#core/domain/user.ts';
import { fail } from '../failures.ts';

/**
 * Throws `unauthorized` or `forbidden` when the signed-in person may not make this call. A method whose contract names
 * no access is refused: nothing is open by accident. Central checks again; this is so that a screen can't even ask.
 */
export function assertMayCall({ access, beforeEnrolment }: RouteMeta, user: StaffUser | null): void {
  if (access === 'public') return;
  if (user === null) throw fail('unauthorized');
  if (user.mustEnrolTwoFactor && !beforeEnrolment) throw fail('two_factor_needed');
  if (access === 'signed_in') return;
  if (access === undefined || access === 'desk') throw fail('forbidden');
  if (!hasPermission(user.permissions, access)) throw fail('forbidden', { permission: access });
}

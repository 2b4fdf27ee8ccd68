import type { Permission } from './user.ts';

/** True when the granted set contains the permission, or `admin`. */
export function hasPermission(granted: readonly Permission[], wanted: Permission): boolean {
  return granted.includes('admin') || granted.includes(wanted);
}

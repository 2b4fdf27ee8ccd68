import { createContext, useContext } from 'react';
import { hasPermission } from '#core/domain/granted.ts';
import type { Permission, StaffUser } from '#core/domain/user.ts';

const UserContext = createContext<StaffUser | null>(null);

/** Set by the session gate once somebody is signed in. */
export const UserProvider = UserContext;

/** The signed-in member of staff. Only below the session gate, where there always is one. */
export function useUser(): StaffUser {
  const user = useContext(UserContext);
  if (user === null) throw new Error('useUser needs somebody signed in');
  return user;
}

/** Whether the signed-in person may do it. For what to show only: the host and central check for themselves. */
export function useCan(permission: Permission): boolean {
  return hasPermission(useUser().permissions, permission);
}

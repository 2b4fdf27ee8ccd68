import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Hideable, PortalMe } from '#core/domain/portal.ts';
import { api, portal } from './api.ts';
import { useBrand } from './brand.ts';
import { sessionOver } from './door.ts';

const MeContext = createContext<PortalMe | null>(null);

/** Set by the gate once somebody is in. */
export const MeProvider = MeContext;

/** Who is signed in. Only below the gate, where there always is somebody. */
export function useMe(): PortalMe {
  const me = useContext(MeContext);
  if (me === null) throw new Error('useMe needs somebody signed in');
  return me;
}

/** Why something can't be done now, as a key of `common`; null when it can. For what to show only: the server checks. */
export type Barrier = 'barrier.reading' | 'barrier.customerOnly' | 'barrier.noAccount' | null;

/** What keeps this session from changing things that the customer may change. */
export function useChangeBarrier(): Barrier {
  return useMe().may.change ? null : 'barrier.reading';
}

/** What keeps this session from what only the customer may change: password, address, two-factor, keys, payment methods. */
export function useSecurityBarrier(): Barrier {
  const { may, impersonation, account } = useMe();
  if (may.changeSecurity) return null;
  return impersonation === null && account === null ? 'barrier.noAccount' : 'barrier.customerOnly';
}

/** Whether the operator shows an element. */
export function useShown(element: Hideable): boolean {
  return !useBrand().hidden.includes(element);
}

/** Ends the session; what is kept on this device goes with it. */
export function useSignOut() {
  const queryClient = useQueryClient();
  const { redirects } = useBrand();
  return useMutation({
    mutationFn: () => api.auth.logout(),
    onSuccess: () => {
      sessionOver('signed_out');
      queryClient.clear();
      if (redirects.signed_out) location.assign(redirects.signed_out);
    },
  });
}

/** Puts a fresh answer about who is signed in where every screen reads it. */
export function useSetMe(): (me: PortalMe) => void {
  const queryClient = useQueryClient();
  return (me) => queryClient.setQueryData(portal.me.queryKey(), me);
}

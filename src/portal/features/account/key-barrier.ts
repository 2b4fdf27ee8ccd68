import { type Barrier, useMe } from '../../session.tsx';

/** What keeps this session from making and revoking keys: staff never do it on a customer's behalf (IM-9). */
export function useKeyBarrier(): Barrier {
  return useMe().impersonation === null ? null : 'barrier.customerOnly';
}

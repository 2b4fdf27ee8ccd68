import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { type Customer, customerSchema } from '#core/domain/customer.ts';
import { isLocalId } from '#core/sync/local-ids.ts';
import { useDeskEvent } from '../../events.tsx';

/** Moves an open page from the desk's own id to head office's number, as soon as there is one. */
export function useRealAddress(id: number, tab: string | undefined, customer: Pick<Customer, 'id'> | undefined): void {
  const [, navigate] = useLocation();
  const move = (to: number) => navigate(`/customers/${to}${tab === undefined ? '' : `/${tab}`}`, { replace: true });
  useDeskEvent('outbox', ({ entry }) => {
    if (!isLocalId(id) || entry.localId !== id || entry.type !== 'customer.create') return;
    const made = customerSchema.pick({ id: true }).safeParse(entry.result);
    if (made.success && !isLocalId(made.data.id)) move(made.data.id);
  });
  const real = customer?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves once, when the answer carries another number
  useEffect(() => {
    if (isLocalId(id) && real !== undefined && !isLocalId(real)) move(real);
  }, [id, real]);
}

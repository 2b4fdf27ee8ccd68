import { useQuery } from '@tanstack/react-query';
import type { Service } from '#core/domain/service.ts';
import { deskQuery } from '../../desk.ts';

const MOST = 200;
/** What is used now comes first, what is over last. */
const rank: Record<Service['status'], number> = { pending: 0, active: 1, suspended: 2, expired: 3, cancelled: 4 };

/** The services of a customer, those in use first. */
export function useCustomerServices(id: number) {
  const query = useQuery(deskQuery.customers.services.queryOptions({ input: { id, limit: MOST } }));
  const services = [...(query.data?.items ?? [])].sort((a, b) => rank[a.status] - rank[b.status] || a.id - b.id);
  return { ...query, services };
}

import { useQuery } from '@tanstack/react-query';
import type { Service } from '#core/domain/service.ts';
import { deskQuery } from '../../desk.ts';
import { useIsEnrolled, useIsOffline } from '../../work/use-work.ts';

/**
 * What is left of a service. Head office counts it: a desk with a directory of its own asks apart, when there is a line,
 * and what comes with the service from head office itself counts at once.
 */
export function useBalances(service: Pick<Service, 'id' | 'status' | 'balances'>) {
  const isEnrolled = useIsEnrolled();
  const isOffline = useIsOffline();
  const isCounted = service.status !== 'pending';
  const query = useQuery(
    deskQuery.services.balances.queryOptions({
      input: { id: service.id },
      enabled: isEnrolled && isCounted && !isOffline,
      staleTime: 15_000,
    }),
  );
  const asks = isEnrolled && isCounted && service.balances.length === 0;
  return {
    balances: query.data?.items ?? service.balances,
    /** On its way. */
    isPending: asks && !isOffline && query.isPending && !query.error,
    /** There is no line to ask over, and nothing was read before. */
    needsLine: asks && isOffline && query.data === undefined,
    error: asks && query.data === undefined && !isOffline ? query.error : null,
    refetch: query.refetch,
  };
}

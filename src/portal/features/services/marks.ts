import type { PortalService } from '#core/contract/portal/services.ts';
import type { ServiceStatus } from '#core/domain/service.ts';

/** The four states that customers know, and the two besides: not there yet, and given up. */
export type ServiceMark = ServiceStatus | 'expiring';

/** `expiring` is active with less than 7 days left, as central says. */
export function markOf(service: Pick<PortalService, 'status' | 'expiringSoon'>): ServiceMark {
  return service.status === 'active' && service.expiringSoon ? 'expiring' : service.status;
}

/** What the services section shows: the offers, the one service at once, or a list to choose from. */
export type ServicesContext = 'none' | 'one' | 'several';

export function contextOf(count: number): ServicesContext {
  if (count === 0) return 'none';
  return count === 1 ? 'one' : 'several';
}

const over = new Set<ServiceStatus>(['expired', 'cancelled']);

/** Whether a service is over: it stands below the ones in use. */
export function isOver({ status }: Pick<PortalService, 'status'>): boolean {
  return over.has(status);
}

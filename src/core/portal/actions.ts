import type { z } from 'zod';
import type { portalActionSchema } from '#core/contract/portal/services.ts';
import type { Service } from '../domain/service.ts';

export type PortalAction = z.infer<typeof portalActionSchema>;

/** Why a service's renewal can't be switched; null when it can. */
export type RenewalRefusal = 'one_off' | 'expired' | 'cancelled';

type Renewing = Pick<Service, 'status'> & { readonly period: string | null };

/** Only what recurs renews, and only while it has not ended (domain.md 1.5). */
export function refuseRenewal({ status, period }: Renewing): RenewalRefusal | null {
  if (status === 'expired' || status === 'cancelled') return status;
  return period === null ? 'one_off' : null;
}

/** What a session is allowed besides looking. */
export interface SessionRights {
  readonly mayChange: boolean;
  /** The customer's own session: not staff looking through the customer's eyes, and no program. */
  readonly isCustomers: boolean;
}

/** What the catalogue has for a service's type and the customer. */
export interface OfferedKinds {
  readonly topUps: boolean;
  readonly addOns: boolean;
}

type Acting = Pick<Service, 'status' | 'serviceType'> & {
  readonly period: string | null;
  readonly hasBalances: boolean;
  readonly hasEsim: boolean;
};

/**
 * What can be done with a service (domain.md 1.5, AO-1): top-ups and add-ons go on services in use; usage is there once the
 * service has been in use and is counted; the code of an eSIM is the customer's own to see.
 */
export function actionsOf(service: Acting, offered: OfferedKinds, rights: SessionRights): PortalAction[] {
  const { status, serviceType, hasBalances, hasEsim } = service;
  const isCounted = hasBalances || serviceType === 'mobile' || serviceType === 'voip';
  const can: Record<PortalAction, boolean> = {
    view_usage: isCounted && status !== 'pending',
    top_up: status === 'active' && offered.topUps,
    add_ons: status === 'active' && offered.addOns,
    change_renewal: rights.mayChange && refuseRenewal(service) === null,
    show_esim: hasEsim && rights.isCustomers && (status === 'active' || status === 'pending'),
  };
  return (Object.keys(can) as PortalAction[]).filter((action) => can[action]);
}

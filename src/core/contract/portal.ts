/**
 * The portal's own API: what a customer's page asks of central. Paths are relative to /portal/api/v1. The same services as
 * the staff's, through another door: only the customer's own data, and of it only what is listed here.
 */
import { portalAccessContract } from './portal/access.ts';
import { portalAccountContract } from './portal/account.ts';
import { portalBillingContract } from './portal/billing.ts';
import { portalServicesContract } from './portal/services.ts';

export const portalContract = {
  ...portalAccessContract,
  account: portalAccountContract,
  ...portalServicesContract,
  ...portalBillingContract,
};
export type PortalContract = typeof portalContract;

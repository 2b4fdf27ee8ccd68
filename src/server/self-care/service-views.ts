import type { PortalService, PortalServiceDetail } from '#core/contract/portal/services.ts';
import { type Balance, isExpiringSoon } from '#core/domain/service.ts';
import { actionsOf, type OfferedKinds, type SessionRights } from '#core/portal/actions.ts';
import { portalBalances } from '#core/portal/balances.ts';
import { listBalancesOf } from '../charging/balances.ts';
import type { Reader } from '../database/connection.ts';
import { itemsOfServices, type ServiceItem } from '../inventory/service-items.ts';
import { addOnsOf, type CustomerService } from '../services/of-customer.ts';
import type { PortalCaller } from './context.ts';
import { offeredKinds } from './offers.ts';

export function rightsOf({ mode, mayChange }: PortalCaller): SessionRights {
  return { mayChange, isCustomers: mode === 'own' || mode === 'link' };
}

interface Facts {
  readonly items: readonly ServiceItem[];
  readonly balances: readonly Balance[];
  readonly offered: OfferedKinds;
  readonly rights: SessionRights;
}

const nothingOffered: OfferedKinds = { topUps: false, addOns: false };

/** Services as their customer sees them; for all of them together a few queries. */
export async function viewServices(
  reader: Reader,
  caller: PortalCaller,
  services: readonly CustomerService[],
  now: Date,
): Promise<PortalService[]> {
  const facts = await factsOf(reader, caller, services, now);
  return services.map((service) => present(service, facts(service), now));
}

async function factsOf(
  reader: Reader,
  caller: PortalCaller,
  services: readonly CustomerService[],
  now: Date,
): Promise<(service: CustomerService) => Facts> {
  if (services.length === 0)
    return () => ({ items: [], balances: [], offered: nothingOffered, rights: rightsOf(caller) });
  const [items, balances, offered] = await Promise.all([
    itemsOfServices(
      reader,
      services.map(({ id }) => id),
    ),
    listBalancesOf(
      reader,
      services.map(({ uuid }) => uuid),
      now,
    ),
    offeredKinds(reader, caller.customerType),
  ]);
  const rights = rightsOf(caller);
  return ({ id, uuid, serviceType }) => ({
    items: items.filter(({ serviceId }) => serviceId === id),
    balances: balances.get(uuid) ?? [],
    offered: offered.get(serviceType) ?? nothingOffered,
    rights,
  });
}

/** Field by field what leaves for customers: no weights, no IMSI, nothing of who sold it. */
function present(service: CustomerService, { items, balances, offered, rights }: Facts, now: Date): PortalService {
  const { status, serviceType, period, autoRenew } = service;
  const expiresAt = service.expiresAt?.toISOString() ?? null;
  const hasEsim = items.some((item) => item.hasEsim);
  const acting = { status, serviceType, period, hasBalances: balances.length > 0, hasEsim };
  return {
    ...{ id: service.id, name: service.name, serviceType, status, period, autoRenew, expiresAt },
    product: { name: service.productName, description: service.productDescription },
    expiringSoon: isExpiringSoon({ status, expiresAt }, now),
    createdAt: service.createdAt.toISOString(),
    activatedAt: service.activatedAt?.toISOString() ?? null,
    monthlyCost: { amount: service.monthlyAmount, currency: service.currency },
    msisdn: items.map(({ identifiers }) => identifiers.msisdn).find((number) => number !== undefined) ?? null,
    balances: portalBalances(balances),
    actions: actionsOf(acting, offered, rights),
  };
}

/** One service with where it is, what it works with and what was added to it. */
export async function viewServiceDetail(
  reader: Reader,
  caller: PortalCaller,
  service: CustomerService,
  now: Date,
): Promise<PortalServiceDetail> {
  const [facts, addOns, site] = await Promise.all([
    factsOf(reader, caller, [service], now),
    addOnsOf(reader, service.id),
    siteOf(reader, caller.customerId, service.siteId),
  ]);
  const own = facts(service);
  return {
    ...present(service, own, now),
    site,
    items: own.items.map(({ templateName, label, identifier }) => ({ templateName, label, identifier })),
    addOns: addOns.map(({ name, at }) => ({ name, at: at.toISOString() })),
    terms: service.terms,
  };
}

async function siteOf(reader: Reader, customerId: number, id: number | null): Promise<PortalServiceDetail['site']> {
  if (id === null) return null;
  const site = await reader
    .selectFrom('sites')
    .select(['name', 'address'])
    .where('id', '=', id)
    .where('customerId', '=', customerId)
    .executeTakeFirst();
  return site ?? null;
}

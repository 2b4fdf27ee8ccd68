import type { Offer } from '#core/contract/portal/services.ts';
import type { ServiceType } from '#core/domain/product.ts';
import type { OfferedKinds } from '#core/portal/actions.ts';
import { offerOf } from '#core/portal/offers.ts';
import { offeredProducts } from '../catalogue/products.ts';
import type { Reader } from '../database/connection.ts';
import { requireServiceOf } from '../services/of-customer.ts';
import type { PortalCaller } from './context.ts';

/** Which service types have something to be bought for, by what kind it is. */
export async function offeredKinds(
  reader: Reader,
  customerType: PortalCaller['customerType'],
): Promise<Map<ServiceType, OfferedKinds>> {
  const products = await offeredProducts(reader, { customerType, category: 'addon' });
  const kinds = new Map<ServiceType, OfferedKinds>();
  for (const { product, vars } of products) {
    const isTopUp = offerOf(product, vars).kind === 'top_up';
    const { topUps, addOns } = kinds.get(product.serviceType) ?? { topUps: false, addOns: false };
    kinds.set(product.serviceType, { topUps: topUps || isTopUp, addOns: addOns || !isTopUp });
  }
  return kinds;
}

/** AO-1: top-ups and add-ons that fit one of the caller's services; none while it is not in use. Throws not_found. */
export async function offersOfService(reader: Reader, caller: PortalCaller, id: number): Promise<Offer[]> {
  const { status, serviceType } = await requireServiceOf(reader, caller.customerId, id);
  if (status !== 'active') return [];
  const { customerType } = caller;
  const products = await offeredProducts(reader, { customerType, category: 'addon', serviceType });
  return products.map(({ product, vars }) => offerOf(product, vars));
}

/** Plans that the caller's customer can have. */
export async function planOffers(reader: Reader, { customerType }: PortalCaller): Promise<Offer[]> {
  const products = await offeredProducts(reader, { customerType, category: 'plan' });
  return products.map(({ product, vars }) => offerOf(product, vars));
}

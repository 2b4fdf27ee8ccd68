import { randomUUID } from 'node:crypto';
import type { Product } from '#core/domain/product.ts';
import type { Tx } from '../database/connection.ts';
import type { ServiceRow } from './write.ts';

export interface NewService {
  readonly name: string;
  readonly customerId: number;
  readonly product: Product;
  readonly storeId: number | null;
  readonly siteId: number | null;
  readonly billingContactId: number | null;
  readonly technicalContactId: number | null;
  readonly autoRenew: boolean;
  readonly now: Date;
}

/** Writes the record of a service that is being set up: pending until its provisioning is done. */
export async function createService(tx: Tx, { product, now, ...service }: NewService): Promise<ServiceRow> {
  return tx
    .insertInto('services')
    .values({
      ...service,
      uuid: randomUUID(),
      serviceType: product.serviceType,
      productId: product.id,
      monthlyAmount: product.recurring?.price.amount ?? 0,
      currency: product.setup.currency,
      period: product.recurring?.period ?? null,
      createdAt: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

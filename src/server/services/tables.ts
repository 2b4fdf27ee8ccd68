import type { Generated } from 'kysely';
import type { ServiceType } from '#core/domain/product.ts';
import type { ServiceStatus } from '#core/domain/service.ts';

export interface ServiceTables {
  services: {
    id: Generated<number>;
    /** The service's name towards the networks: its charging account. */
    uuid: string;
    name: string;
    status: Generated<ServiceStatus>;
    serviceType: ServiceType;
    customerId: number;
    productId: number;
    siteId: number | null;
    storeId: number | null;
    billingContactId: number | null;
    technicalContactId: number | null;
    autoRenew: boolean;
    /** Minor units per period; 0 when nothing recurs. */
    monthlyAmount: number;
    currency: string;
    period: 'day' | 'week' | 'month' | 'year' | null;
    createdAt: Date;
    activatedAt: Date | null;
    expiresAt: Date | null;
    endedAt: Date | null;
  };
}

import type { Generated } from 'kysely';
import type { OrderStatus } from '#core/domain/provisioning.ts';
import type { Actor } from '../context.ts';

export interface OrderTables {
  orders: {
    id: Generated<number>;
    /** The wizard's draft; one draft is ordered once. */
    draftId: string;
    status: OrderStatus;
    customerId: number;
    productId: number;
    /** The service it makes (a plan) or changes (an add-on). */
    serviceId: number | null;
    storeId: number | null;
    siteId: number | null;
    billingContactId: number | null;
    technicalContactId: number | null;
    purchaseOrder: string | null;
    costCentre: string | null;
    /** In the address of the order's status page; null for an order that has none. */
    statusToken: string | null;
    installationDate: string | null;
    autoRenew: boolean | null;
    createdByKind: Actor['kind'];
    createdById: number;
    createdByName: string;
    createdAt: Date;
    endedAt: Date | null;
  };
}

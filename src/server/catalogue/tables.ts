import type { ColumnType, Generated } from 'kysely';
import type { CustomerType } from '#core/domain/customer.ts';
import type { Product, ServiceType } from '#core/domain/product.ts';

export interface CatalogueTables {
  products: {
    id: Generated<number>;
    slug: string;
    name: string;
    description: string;
    category: 'plan' | 'addon';
    serviceType: ServiceType;
    enabled: boolean;
    customerTypes: CustomerType[];
    currency: string;
    /** Minor units; null when nothing recurs. */
    recurringAmount: number | null;
    period: 'day' | 'week' | 'month' | 'year' | null;
    setupAmount: number;
    inventoryTemplates: ColumnType<Product['inventoryTemplates'], string, string>;
    autoRenewPrompt: boolean;
    businessFields: ColumnType<Product['businessFields'], string, string>;
    asksInstallationDate: boolean;
    playbook: string;
    terms: string;
    /** Values handed to the playbook, before its own defaults. */
    vars: ColumnType<Record<string, unknown>, string | undefined, string>;
  };
}

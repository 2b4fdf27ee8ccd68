import type { OrderInput } from '#core/contract/central/orders.ts';
import type { Contact, Customer, Site } from '#core/domain/customer.ts';
import type { Product } from '#core/domain/product.ts';
import { getProduct } from '../catalogue/products.ts';
import { getCustomer } from '../customers/customer-rows.ts';
import type { Reader, Tx } from '../database/connection.ts';
import type { ServiceRow } from '../services/write.ts';

/** What an order speaks of, as it stands now. Null: there is none, or it is not the customer's. */
export interface OrderFacts {
  readonly input: OrderInput;
  readonly customer: Customer;
  readonly siteCount: number;
  readonly product: Product;
  /** Values that the product hands to its playbook. */
  readonly vars: Record<string, unknown>;
  readonly service: ServiceRow | null;
  readonly site: Site | null;
  readonly billingContact: Contact | null;
  readonly technicalContact: Contact | null;
}

/** Keeps customer, product and service from changing until the transaction ends. */
export async function lockSubjects(tx: Tx, { customerId, productId, serviceId }: OrderInput): Promise<void> {
  await tx.selectFrom('customers').select('id').where('id', '=', customerId).forShare().execute();
  await tx.selectFrom('products').select('id').where('id', '=', productId).forShare().execute();
  if (serviceId != null) await tx.selectFrom('services').select('id').where('id', '=', serviceId).forShare().execute();
}

/** Throws not_found for an unknown customer or product. */
export async function readFacts(reader: Reader, input: OrderInput): Promise<OrderFacts> {
  const { customerId, productId, serviceId } = input;
  const customer = await getCustomer(reader, customerId);
  const product = await getProduct(reader, productId);
  const { vars } = await reader
    .selectFrom('products')
    .select('vars')
    .where('id', '=', productId)
    .executeTakeFirstOrThrow();
  const sites = await reader.selectFrom('sites').selectAll().where('customerId', '=', customerId).execute();
  const contacts = await reader.selectFrom('contacts').selectAll().where('customerId', '=', customerId).execute();
  const service = await reader
    .selectFrom('services')
    .selectAll()
    .where('id', '=', serviceId ?? 0)
    .where('customerId', '=', customerId)
    .executeTakeFirst();
  return {
    ...{ input, customer, product, vars, siteCount: sites.length },
    service: service ?? null,
    site: sites.find(({ id }) => id === input.siteId) ?? null,
    billingContact: contacts.find(({ id }) => id === input.billingContactId) ?? null,
    technicalContact: contacts.find(({ id }) => id === input.technicalContactId) ?? null,
  };
}

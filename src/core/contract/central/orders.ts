import { z } from 'zod';
import { daySchema, flagSchema, idSchema, pageInputSchema, pageOf, uuidSchema } from '../../domain/common.ts';
import { customerTypeSchema } from '../../domain/customer.ts';
import { preflightSchema } from '../../domain/preflight.ts';
import { productCategorySchema, productSchema, serviceTypeSchema } from '../../domain/product.ts';
import { orderSchema, orderStatusSchema } from '../../domain/provisioning.ts';
import { balanceSchema, serviceSchema } from '../../domain/service.ts';
import { command, query } from '../base.ts';

export const orderInputSchema = z.object({
  /** Born with the wizard's first screen; ordering a draft twice gives the first order. */
  draftId: uuidSchema,
  customerId: idSchema,
  productId: idSchema,
  items: z.array(z.object({ template: z.string(), itemId: idSchema })).default([]),
  /** The service an add-on goes on. */
  serviceId: idSchema.nullish(),
  siteId: idSchema.nullish(),
  billingContactId: idSchema.nullish(),
  technicalContactId: idSchema.nullish(),
  purchaseOrder: z.string().trim().max(100).nullish(),
  costCentre: z.string().trim().max(100).nullish(),
  installationDate: daySchema.nullish(),
  autoRenew: z.boolean().nullish(),
  /** In the address of the customer's status page; 128 random bits or more, base64url. */
  statusToken: z
    .string()
    .regex(/^[A-Za-z0-9_-]{22,64}$/)
    .nullish(),
});
export type OrderInput = z.infer<typeof orderInputSchema>;

const orderErrors = [
  'customer_not_open',
  'product_not_offered',
  'not_eligible',
  'item_not_available',
  'no_matching_service',
  'order_incomplete',
] as const;

export const ordersContract = {
  create: command('provision', { method: 'POST', path: '/orders' }, 'Orders', 'Order a plan or an add-on', orderErrors)
    .input(orderInputSchema)
    .output(orderSchema),
  /** Reads only, so it takes no Idempotency-Key; a POST because its input is an order. */
  preflight: command(
    'provision',
    { method: 'POST', path: '/orders/preflight', successStatus: 200, keyless: true, ownTransaction: true },
    'Orders',
    'Check an order without placing it',
  )
    .input(orderInputSchema)
    .output(preflightSchema),
  get: query('view_customer', '/orders/{id}', 'Orders', 'One order')
    .input(z.object({ id: idSchema }))
    .output(orderSchema),
  list: query('view_customer', '/orders', 'Orders', 'Orders, newest first')
    .input(
      pageInputSchema.extend({
        customerId: idSchema.optional(),
        status: orderStatusSchema.optional(),
        draftId: uuidSchema.optional(),
      }),
    )
    .output(pageOf(orderSchema)),
};

/** Values handed to the playbook before its own defaults, such as data_gigabytes. */
const varsSchema = z.record(z.string().max(100), z.union([z.string().max(1000), z.number(), z.boolean()]));
const productInputSchema = productSchema.omit({ id: true }).extend({ vars: varsSchema.optional() });
const productChangeSchema = productInputSchema.partial().extend({ id: idSchema });

export const productsContract = {
  list: query('signed_in', '/products', 'Catalogue', 'Products on offer')
    .input(
      pageInputSchema.extend({
        customerType: customerTypeSchema.optional(),
        category: productCategorySchema.optional(),
        serviceType: serviceTypeSchema.optional(),
        /** Also disabled ones; needs manage_catalogue. */
        all: flagSchema.optional(),
      }),
    )
    .output(pageOf(productSchema)),
  get: query('signed_in', '/products/{id}', 'Catalogue', 'One product, offered or not')
    .input(z.object({ id: idSchema }))
    .output(productSchema),
  create: command('manage_catalogue', { method: 'POST', path: '/products' }, 'Catalogue', 'Add a product')
    .input(productInputSchema)
    .output(productSchema),
  change: command('manage_catalogue', { method: 'PATCH', path: '/products/{id}' }, 'Catalogue', 'Change a product')
    .input(productChangeSchema)
    .output(productSchema),
};

export const servicesContract = {
  get: query('view_customer', '/services/{id}', 'Services', 'One service')
    .input(z.object({ id: idSchema }))
    .output(serviceSchema),
  balances: query('view_customer', '/services/{id}/balances', 'Services', 'Buckets in the order they are used')
    .input(z.object({ id: idSchema }))
    .output(pageOf(balanceSchema)),
};

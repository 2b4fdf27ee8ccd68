import { z } from 'zod';
import { idSchema } from '#core/domain/common.ts';
import { defineAction } from '../action.ts';
import { preconditionFailed } from '../failure.ts';

/** The customer may be given a service, and the service of this order is still one that may be worked on. */
export const validateCustomerAction = defineAction(z.strictObject({ customer: idSchema }), async (context, input) => {
  const { db, job } = context;
  const customer = await db
    .selectFrom('customers')
    .select(['name', 'status'])
    .where('id', '=', input.customer)
    .executeTakeFirst();
  if (!customer) throw preconditionFailed(`there is no customer ${input.customer}`, { reason: 'customer_unknown' });
  if (customer.status !== 'open') {
    throw preconditionFailed(`customer ${input.customer} is ${customer.status}`, {
      reason: 'customer_not_open',
      status: customer.status,
    });
  }
  const service = await db.selectFrom('services').select('status').where('id', '=', job.serviceId).executeTakeFirst();
  if (service && service.status !== 'pending' && service.status !== 'active') {
    throw preconditionFailed(`service ${job.serviceId} is ${service.status}`, {
      reason: 'service_not_usable',
      status: service.status,
    });
  }
  return { name: customer.name };
});

/** The site is the customer's. */
export const confirmSiteAction = defineAction(z.strictObject({ site: idSchema }), async ({ db, job }, input) => {
  const site = await db
    .selectFrom('sites')
    .select(['name', 'address'])
    .where('id', '=', input.site)
    .where('customerId', '=', job.customerId)
    .executeTakeFirst();
  if (!site) {
    throw preconditionFailed(`site ${input.site} is not one of customer ${job.customerId}`, { reason: 'site_unknown' });
  }
  return { ...site };
});

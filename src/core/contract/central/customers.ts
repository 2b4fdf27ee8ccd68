import { z } from 'zod';
import { idSchema, pageInputSchema, pageOf } from '../../domain/common.ts';
import {
  activitySchema,
  contactInputSchema,
  contactSchema,
  customerInputSchema,
  customerSchema,
  customerStatusSchema,
  customerTypeSchema,
  siteInputSchema,
  siteSchema,
} from '../../domain/customer.ts';
import { itemSchema } from '../../domain/inventory.ts';
import { serviceSchema } from '../../domain/service.ts';
import { command, query } from '../base.ts';

const tag = 'Customers';
const ofCustomer = pageInputSchema.extend({ id: idSchema });
const shapeOfCustomer = customerInputSchema
  .omit({ allowDuplicate: true })
  .extend({ status: customerStatusSchema }).shape;

/** Changes name the fields to change only; `version`, when sent, must be the one read. */
export const customerChangeSchema = z.object({
  id: idSchema,
  version: z.int().positive().optional(),
  name: shapeOfCustomer.name.optional(),
  type: shapeOfCustomer.type.optional(),
  status: shapeOfCustomer.status.optional(),
  email: shapeOfCustomer.email,
  phone: shapeOfCustomer.phone,
  paymentType: customerSchema.shape.paymentType.optional(),
  taxIdentifier: shapeOfCustomer.taxIdentifier,
  language: customerSchema.shape.language.optional(),
});

/** Names the fields to change only. */
export const contactChangeSchema = z.object({
  id: idSchema,
  contactId: idSchema,
  name: contactSchema.shape.name.optional(),
  email: contactInputSchema.shape.email,
  phone: contactInputSchema.shape.phone,
  roles: contactSchema.shape.roles.optional(),
});

export const customersContract = {
  list: query('view_customer', '/customers', tag, 'Find customers by name, id, e-mail, phone, ICCID or number')
    .input(pageInputSchema.extend({ q: z.string().max(300).optional(), type: customerTypeSchema.optional() }))
    .output(pageOf(customerSchema)),
  create: command('create_customer', { method: 'POST', path: '/customers' }, tag, 'Create a customer', [
    'possible_duplicate',
  ])
    .input(customerInputSchema)
    .output(customerSchema),
  get: query('view_customer', '/customers/{id}', tag, 'One customer')
    .input(z.object({ id: idSchema }))
    .output(customerSchema),
  change: command('edit_customer', { method: 'PATCH', path: '/customers/{id}' }, tag, 'Change a customer', [
    'changed_meanwhile',
  ])
    .input(customerChangeSchema)
    .output(customerSchema),
  services: query('view_customer', '/customers/{id}/services', tag, 'Services of a customer')
    .input(ofCustomer)
    .output(pageOf(serviceSchema)),
  contacts: query('view_customer', '/customers/{id}/contacts', tag, 'Contacts of a customer')
    .input(ofCustomer)
    .output(pageOf(contactSchema)),
  createContact: command('edit_customer', { method: 'POST', path: '/customers/{id}/contacts' }, tag, 'Add a contact')
    .input(contactInputSchema.extend({ id: idSchema }))
    .output(contactSchema),
  changeContact: command(
    'edit_customer',
    { method: 'PATCH', path: '/customers/{id}/contacts/{contactId}' },
    tag,
    'Change a contact: the fields that are named only',
    ['email_is_login'],
  )
    .input(contactChangeSchema)
    .output(contactSchema),
  sites: query('view_customer', '/customers/{id}/sites', tag, 'Sites of a customer')
    .input(ofCustomer)
    .output(pageOf(siteSchema)),
  createSite: command('edit_customer', { method: 'POST', path: '/customers/{id}/sites' }, tag, 'Add a site')
    .input(siteInputSchema.extend({ id: idSchema }))
    .output(siteSchema),
  items: query('view_customer', '/customers/{id}/items', tag, 'Inventory in the customer’s hands')
    .input(ofCustomer)
    .output(pageOf(itemSchema)),
  activity: query('view_customer', '/customers/{id}/activity', tag, 'What happened, newest first')
    .input(ofCustomer)
    .output(pageOf(activitySchema)),
};

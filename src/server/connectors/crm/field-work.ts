import { z } from 'zod';
import { daySchema, idSchema } from '#core/domain/common.ts';
import { defineAction } from '../action.ts';
import { preconditionFailed } from '../failure.ts';

const ticketSchema = z.strictObject({
  kind: z.string().trim().min(1).max(50),
  subject: z.string().trim().min(1).max(300),
  body: z.string().max(10_000).default(''),
  site: idSchema.nullable().default(null),
  due: daySchema.nullable().default(null),
});

/** Opens a ticket for the people in the field; the same one if it was opened already. */
export const createTicketAction = defineAction(
  ticketSchema,
  async ({ key, job, clock, write }, { kind, subject, body, site, due }) => {
    const ticket = { key, kind, subject, body, siteId: site, dueOn: due, status: 'open' as const };
    const { customerId, serviceId, orderId } = job;
    const { id } = await write((tx) =>
      tx
        .insertInto('tickets')
        .values({ ...ticket, customerId, serviceId, orderId, createdAt: clock.now() })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ status: 'open' }))
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    return { ticket: id };
  },
  async ({ key, write }) => {
    await write((tx) => tx.updateTable('tickets').set({ status: 'cancelled' }).where('key', '=', key).execute());
  },
);

const installationSchema = z.strictObject({
  date: daySchema.nullable().default(null),
  site: idSchema.nullable().default(null),
});

/** Books the visit; without a date it is booked to be planned. */
export const scheduleInstallationAction = defineAction(
  installationSchema,
  async ({ key, job, clock, write }, { date, site }) => {
    const { serviceId } = job;
    if (serviceId === null) throw preconditionFailed('the order has no service to install');
    const visit = { key, serviceId, siteId: site, plannedOn: date, status: 'booked' as const };
    const { id } = await write((tx) =>
      tx
        .insertInto('installations')
        .values({ ...visit, createdAt: clock.now() })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ status: 'booked' }))
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    return { installation: id, date };
  },
  async ({ key, write }) => {
    await write((tx) => tx.updateTable('installations').set({ status: 'cancelled' }).where('key', '=', key).execute());
  },
);

import { z } from 'zod';
import { emailSchema, languageSchema } from '#core/domain/common.ts';
import { type ActionContext, type Connector, defineAction } from '../action.ts';
import type { MailTemplates } from './templates.ts';
import type { MailTransport } from './transport.ts';

/** Mail from templates, in the customer's language. */
export function mailConnector(transport: MailTransport, templates: MailTemplates): Connector {
  const sendSchema = z.strictObject({
    template: z.enum(templates.names as [string, ...string[]]),
    to: emailSchema,
    language: languageSchema.default('en'),
    /** Further values for the template, as `values`. */
    values: z.record(z.string(), z.unknown()).default({}),
  });
  return {
    name: 'mail',
    target: transport.target,
    outside: true,
    check: (signal) => transport.check(signal),
    actions: {
      send: defineAction(sendSchema, async (context, { template, to, language, values }) => {
        const content = templates.render(template, language, await valuesOf(context, values));
        const { messageId } = await transport.send({ to, key: context.key, ...content }, context.signal);
        return { to, messageId, subject: content.subject };
      }),
    },
  };
}

/** The job's variables, and the service as it is now: a plan's dates are known only once it is in use. */
async function valuesOf({ db, job }: ActionContext, values: Record<string, unknown>): Promise<Record<string, unknown>> {
  const service = await db
    .selectFrom('services')
    .select(['id', 'name', 'expiresAt', 'autoRenew', 'monthlyAmount', 'currency'])
    .where('id', '=', job.serviceId)
    .executeTakeFirst();
  const present = service && {
    ...service,
    expiresOn: service.expiresAt?.toISOString().slice(0, 10) ?? null,
    price: service.monthlyAmount,
  };
  return { ...job.variables, values, current: present ?? null };
}

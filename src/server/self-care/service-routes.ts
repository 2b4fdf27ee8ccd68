import { portalBalances } from '#core/portal/balances.ts';
import { listBalances } from '../charging/balances.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { pageFrom, readIdCursor } from '../http/page.ts';
import { inTransaction } from '../http/transaction.ts';
import { readActivationCode } from '../inventory/secrets.ts';
import { requireServiceOf, servicesOf } from '../services/of-customer.ts';
import { setAutoRenew } from '../services/renewal.ts';
import { listUsageEntries, usageOfService } from '../services/usage.ts';
import { listPortalActivity } from './activity.ts';
import { listAlerts } from './alerts.ts';
import type { PortalCaller } from './context.ts';
import { offersOfService, planOffers } from './offers.ts';
import type { PortalParts } from './router.ts';
import { viewServiceDetail, viewServices } from './service-views.ts';

/** How much the first screen shows of each. */
const ON_DASHBOARD = { services: 12, activity: 6 };

const wholeList = <T>(items: T[]) => ({ items, nextCursor: null });

/** The customer's services and what happens with them. */
export function serviceRoutes({ stack, box }: PortalParts) {
  const { queries, commands } = stack;
  return {
    dashboard: queries.dashboard.handler(({ context: { db, caller, clock } }) => dashboard(db, caller, clock.now())),
    alerts: queries.alerts.handler(async ({ context: { db, caller, clock } }) =>
      wholeList(await listAlerts(db, caller, clock.now())),
    ),
    activity: queries.activity.handler(({ context: { db, caller }, input }) => listPortalActivity(db, caller, input)),
    services: {
      list: queries.services.list.handler(({ context: { db, caller, clock }, input }) =>
        listServices(db, caller, input, clock.now()),
      ),
      get: queries.services.get.handler(async ({ context: { db, caller, clock }, input }) =>
        viewServiceDetail(db, caller, await requireServiceOf(db, caller.customerId, input.id), clock.now()),
      ),
      balances: queries.services.balances.handler(async ({ context: { db, caller, clock }, input }) => {
        const { uuid } = await requireServiceOf(db, caller.customerId, input.id);
        return wholeList(portalBalances(await listBalances(db, uuid, clock.now())));
      }),
      usage: queries.services.usage.handler(({ context: { db, caller, clock }, input }) =>
        usageOfService(db, { serviceId: input.id, customerId: caller.customerId }, clock.now()),
      ),
      usageRecords: queries.services.usageRecords.handler(({ context: { db, caller }, input: { id, ...rest } }) =>
        listUsageEntries(db, { ...rest, serviceId: id, customerId: caller.customerId }),
      ),
      offers: queries.services.offers.handler(async ({ context: { db, caller }, input }) =>
        wholeList(await offersOfService(db, caller, input.id)),
      ),
      change: commands.services.change.handler(async ({ context, input }) => {
        const { tx, caller, clock } = context;
        const { customerId } = caller;
        await setAutoRenew(context, { ...input, customerId });
        return viewServiceDetail(tx, caller, await requireServiceOf(tx, customerId, input.id), clock.now());
      }),
      // A look that is kept in the audit: it has a transaction of its own, though it changes nothing.
      esim: queries.services.esim.handler(({ context, input }) =>
        inTransaction(
          context,
          context.caller.actor,
          async ({ tx, audit }) => {
            const { customerId } = context.caller;
            const { id, name, status } = await requireServiceOf(tx, customerId, input.id);
            const isUsable = status === 'active' || status === 'pending';
            const esim = isUsable ? await readActivationCode(tx, box, id) : null;
            if (esim === null) throw fail('not_found', { what: 'esim' });
            const { itemId, iccid, activationCode } = esim;
            const detail = { name, itemId };
            audit({ action: 'service.esim_shown', subject: { type: 'service', id }, customerId, detail });
            return { iccid, activationCode };
          },
          context.caller.effective,
        ),
      ),
    },
    offers: queries.offers.handler(async ({ context: { db, caller } }) => wholeList(await planOffers(db, caller))),
  };
}

async function dashboard(reader: Reader, caller: PortalCaller, now: Date) {
  const [rows, { serviceCount }, alerts, activity] = await Promise.all([
    // What is in use comes before what has ended.
    servicesOf(reader, caller.customerId)
      .orderBy(({ eb }) => eb('services.status', 'in', ['expired', 'cancelled']))
      .orderBy('services.id', 'desc')
      .limit(ON_DASHBOARD.services)
      .execute(),
    reader
      .selectFrom('services')
      .select(({ fn }) => fn.countAll<number>().as('serviceCount'))
      .where('customerId', '=', caller.customerId)
      .executeTakeFirstOrThrow(),
    listAlerts(reader, caller, now),
    listPortalActivity(reader, caller, { limit: ON_DASHBOARD.activity }),
  ]);
  const services = await viewServices(reader, caller, rows, now);
  return { services, serviceCount, alerts, activity: activity.items };
}

/** Newest first. */
async function listServices(
  reader: Reader,
  caller: PortalCaller,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  now: Date,
) {
  const before = readIdCursor(cursor);
  const rows = await servicesOf(reader, caller.customerId)
    .$if(before !== undefined, (query) => query.where('services.id', '<', before as number))
    .orderBy('services.id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = pageFrom(
    rows,
    limit,
    ({ id }) => ({ id }),
    (row) => row,
  );
  return { items: await viewServices(reader, caller, page.items, now), nextCursor: page.nextCursor };
}

import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import { type Draft, emptyDraft } from '#core/assignment/draft.ts';
import type { Link } from '#core/contract/desk/events.ts';
import type { Enrolment } from '#core/contract/desk/work.ts';
import type { StaffUser } from '#core/domain/user.ts';
import type { OutboxEntry } from '#core/sync/outbox.ts';
import { createOutbox } from '../../../src/main/outbox/outbox.ts';
import type { Trace } from '../../../src/main/work-store/connection.ts';
import { openWorkStore, type WorkStoreOptions } from '../../../src/main/work-store/work-store.ts';
import type { StandIn } from './stand-in.ts';

export const DESK = '0199aaaa-0000-7000-8000-000000000001';
const store = { id: 1, name: 'Store 1' };
const ana: StaffUser = { id: 2, name: 'Ana', email: 'ana@x.example', roles: ['sales'], permissions: [], store };

interface OutboxDeskOptions {
  readonly folder: string;
  readonly central: Pick<StandIn, 'sync'>;
  readonly now?: () => Date;
  readonly soonMs?: number;
  readonly trace?: Trace;
  readonly migrations?: WorkStoreOptions['migrations'];
  /** Retries come at once instead of after seconds. */
  readonly random?: () => number;
}

/** The outbox on real files, with a person at it and a central that the test holds in its hand. */
export function openOutbox({ folder, central, now = () => new Date(), trace, migrations, ...rest }: OutboxDeskOptions) {
  const work = openWorkStore(folder, { now, trace, migrations });
  const heard: OutboxEntry[] = [];
  let link: Link['state'] = 'offline';
  let enrolment: Enrolment = { state: 'enrolled', desk: { id: DESK, name: 'Till 1', store } };
  const linkNow = (): Link => ({
    state: link,
    since: now().toISOString(),
    centralUrl: 'http://x.example',
    error: null,
  });
  const outbox = createOutbox({
    store: work,
    central,
    enrolment: { current: () => enrolment, deskId: () => DESK },
    link: linkNow,
    person: () => ana,
    events: { publish: (event) => void (event.type === 'outbox' && heard.push(event.entry)) },
    announceSync: () => undefined,
    log: pino({ level: 'silent' }),
    soonMs: 50,
    ...rest,
  });
  return {
    work,
    outbox,
    heard,
    /** The link comes up, and what waits goes. */
    online() {
      link = 'online';
      outbox.linkChanged(linkNow());
    },
    offline() {
      link = 'offline';
      outbox.linkChanged(linkNow());
    },
    become(state: Enrolment) {
      enrolment = state;
    },
    async close() {
      await outbox.stop();
      work.close();
    },
    entries: async () => (await outbox.list({ limit: 500, open: false })).items,
    createCustomer: (name: string) =>
      outbox.perform({
        type: 'customer.create',
        payload: { name, type: 'individual', paymentType: 'prepaid', language: 'en', allowDuplicate: false },
        customerName: name,
        subject: name,
      }),
    changeCustomer: (id: number, name: string) =>
      outbox.perform({
        type: 'customer.change',
        payload: { id, name },
        customerId: id,
        customerName: name,
        subject: name,
      }),
    createSite: (id: number) =>
      outbox.perform({
        ...{ type: 'site.create', payload: { id, name: 'Depot', address: 'Quay 4' } },
        ...{ customerId: id, customerName: 'x', subject: 'Depot' },
      }),
    placeOrder: (customerId: number, itemIds: readonly number[] = [], draft = orderedDraft(itemIds)) =>
      outbox.perform({
        type: 'order.place',
        id: draft.sending?.commandId,
        payload: {
          ...{ draftId: draft.id, customerId, productId: 7, statusToken: draft.sending?.statusToken },
          items: itemIds.map((itemId) => ({ template: 'sim_card', itemId })),
        },
        ...{ customerId, customerName: 'x', subject: '20 GB', draft },
      }),
  };
}

export type OutboxDesk = ReturnType<typeof openOutbox>;

/** A confirmed draft with these items, as the outbox keeps it. */
export function orderedDraft(itemIds: readonly number[] = [], id = uuid()): Draft {
  const at = new Date().toISOString();
  const sending = { commandId: uuid(), state: 'saved' as const, savedAt: at, acceptedAt: null, error: null };
  const item = (itemId: number) => ({
    template: 'sim_card',
    item: {
      ...{ id: itemId, template: 'sim_card', templateName: 'SIM Card', label: `SIM-${itemId}` },
      ...{ identifiers: {}, storeId: 1 },
    },
    ...{ hold: null, heldHere: true, suggested: false },
  });
  return {
    ...emptyDraft(id, 2, 1, at),
    status: 'ordered',
    items: itemIds.map(item),
    sending: { ...sending, statusToken: 'AAAAAAAAAAAAAAAAAAAAAA' },
  };
}

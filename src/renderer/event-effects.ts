import type { QueryClient } from '@tanstack/react-query';
import type { Draft } from '#core/assignment/draft.ts';
import type { DeskEvent } from '#core/contract/desk/events.ts';
import { isJobEnded } from '#core/domain/job-progress.ts';
import type { Job } from '#core/domain/provisioning.ts';
import type { StaffUser } from '#core/domain/user.ts';
import type { OutboxEntry } from '#core/sync/outbox.ts';
import type { SyncEntity } from '#core/sync/rows.ts';
import { deskQuery } from './desk.ts';

type QueryKey = readonly unknown[];

/** Which queries read rows of each entity of the directory. A change of a row makes them stale. */
const readersOf: Readonly<Record<SyncEntity, readonly QueryKey[]>> = {
  stores: [deskQuery.stores.key()],
  templates: [deskQuery.inventory.templates.key()],
  products: [deskQuery.products.key()],
  items: [
    deskQuery.inventory.items.key(),
    deskQuery.inventory.item.key(),
    deskQuery.customers.items.key(),
    deskQuery.search.key(),
  ],
  customers: [deskQuery.customers.list.key(), deskQuery.customers.get.key(), deskQuery.search.key()],
  contacts: [deskQuery.customers.contacts.key()],
  sites: [deskQuery.customers.sites.key()],
  services: [
    deskQuery.customers.services.key(),
    deskQuery.customers.items.key(),
    deskQuery.services.key(),
    deskQuery.search.key(),
  ],
};

/** What a piece of work changes for the screens besides the outbox, by what it makes or changes. */
const touchedBy: Readonly<Record<OutboxEntry['type'], readonly SyncEntity[]>> = {
  'customer.create': ['customers'],
  'customer.change': ['customers'],
  'contact.create': ['contacts'],
  'site.create': ['sites'],
  'order.place': ['items', 'services'],
};

/** The queries that changed rows make stale, each once. */
export function staleAfter(entities: readonly SyncEntity[]): QueryKey[] {
  const keys = new Map(entities.flatMap((entity) => readersOf[entity]).map((key) => [JSON.stringify(key), key]));
  return [...keys.values()];
}

function invalidate(client: QueryClient, keys: readonly QueryKey[]): void {
  for (const queryKey of keys) void client.invalidateQueries({ queryKey });
}

function putOutboxEntry(client: QueryClient, { type }: OutboxEntry): void {
  invalidate(client, [deskQuery.outbox.key(), deskQuery.drafts.list.key(), ...staleAfter(touchedBy[type])]);
}

function putDraft(client: QueryClient, draft: Draft): void {
  client.setQueryData(deskQuery.drafts.get.queryKey({ input: { draftId: draft.id } }), draft);
  client.setQueryData(deskQuery.drafts.list.queryKey(), (drafts) => {
    if (drafts === undefined) return undefined;
    const others = drafts.filter(({ id }) => id !== draft.id);
    return draft.status === 'discarded'
      ? others
      : [...others, draft].sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  });
}

function dropDraft(client: QueryClient, draftId: string): void {
  client.setQueryData(deskQuery.drafts.list.queryKey(), (drafts) => drafts?.filter(({ id }) => id !== draftId));
  client.removeQueries({ queryKey: deskQuery.drafts.get.queryKey({ input: { draftId } }) });
}

/** A job that ended changed its customer's services and items, and its draft is no longer work; a job under way changes only itself and the queue. */
function putJob(client: QueryClient, job: Job): void {
  client.setQueryData(deskQuery.provisioning.get.queryKey({ input: { id: job.id } }), (known) =>
    known !== undefined && known.revision > job.revision ? known : job,
  );
  const stale: QueryKey[] = [deskQuery.provisioning.list.key()];
  if (isJobEnded(job.status)) {
    stale.push(
      deskQuery.drafts.list.key(),
      deskQuery.services.key(),
      deskQuery.customers.key(),
      deskQuery.orders.key(),
      deskQuery.inventory.key(),
    );
  }
  invalidate(client, stale);
}

/** What an event changes in the queries' cache; whatever it does not carry is marked stale and read again. */
export function applyEvent(client: QueryClient, event: DeskEvent): void {
  switch (event.type) {
    case 'draft':
      putDraft(client, event.draft);
      break;
    case 'draftRemoved':
      dropDraft(client, event.draftId);
      break;
    case 'job':
      putJob(client, event.job);
      break;
    case 'device':
      void client.invalidateQueries({ queryKey: deskQuery.devices.list.key() });
      break;
    case 'link':
      client.setQueryData(deskQuery.system.link.queryKey(), event.link);
      if (event.link.state === 'online') void client.invalidateQueries();
      break;
    case 'session':
      putSession(client, event.user);
      invalidate(client, [deskQuery.session.state.key(), deskQuery.staff.key()]);
      break;
    case 'sync':
      client.setQueryData(deskQuery.sync.state.queryKey(), event.state);
      break;
    case 'directory':
      invalidate(client, staleAfter(event.entities));
      break;
    case 'outbox':
      putOutboxEntry(client, event.entry);
      break;
    case 'enrolment':
      client.setQueryData(deskQuery.enrolment.get.queryKey(), event.enrolment);
      invalidate(client, [deskQuery.sync.key(), deskQuery.staff.key(), deskQuery.desks.key(), deskQuery.outbox.key()]);
      break;
    case 'portalView':
      client.setQueryData(deskQuery.impersonation.state.queryKey(), event.view);
      break;
    case 'portalBlocked':
    case 'portalFocus':
    case 'scan':
      break;
  }
}

/** What the sign-in screen may know: of the desk, not of its customers. */
const publicPaths = new Set(['system', 'session', 'enrolment', 'sync', 'staff']);

/** What one person has read is not for the next one to see. */
function putSession(client: QueryClient, user: StaffUser | null): void {
  client.setQueryData(deskQuery.session.get.queryKey(), user);
  if (user === null) client.removeQueries({ predicate: ({ queryKey }) => !isPublicQuery(queryKey) });
}

function isPublicQuery(queryKey: readonly unknown[]): boolean {
  const path = Array.isArray(queryKey[0]) ? queryKey[0] : [];
  return publicPaths.has(path[0]);
}

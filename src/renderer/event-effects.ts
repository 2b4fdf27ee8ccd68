import type { QueryClient } from '@tanstack/react-query';
import type { Draft } from '#core/assignment/draft.ts';
import type { DeskEvent } from '#core/contract/desk/events.ts';
import { isJobEnded, type Job } from '#core/domain/provisioning.ts';
import type { StaffUser } from '#core/domain/user.ts';
import { deskQuery } from './desk.ts';

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
  const stale: { queryKey: readonly unknown[] }[] = [{ queryKey: deskQuery.provisioning.list.key() }];
  if (isJobEnded(job.status)) {
    stale.push(
      { queryKey: deskQuery.drafts.list.key() },
      { queryKey: deskQuery.services.key() },
      { queryKey: deskQuery.customers.key() },
      { queryKey: deskQuery.orders.key() },
      { queryKey: deskQuery.inventory.key() },
    );
  }
  for (const { queryKey } of stale) void client.invalidateQueries({ queryKey });
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
      break;
    case 'scan':
      break;
  }
}

/** What one person has read is not for the next one to see. */
function putSession(client: QueryClient, user: StaffUser | null): void {
  client.setQueryData(deskQuery.session.get.queryKey(), user);
  if (user === null) client.removeQueries({ predicate: ({ queryKey }) => !isPublicQuery(queryKey) });
}

function isPublicQuery(queryKey: readonly unknown[]): boolean {
  const path = Array.isArray(queryKey[0]) ? queryKey[0] : [];
  return path[0] === 'system' || path[0] === 'session';
}

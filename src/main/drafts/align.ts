import type { Draft } from '#core/assignment/draft.ts';
import { orderSchema } from '#core/domain/provisioning.ts';
import type { OutboxEntry } from '#core/sync/outbox.ts';

/**
 * A confirmed draft as the last entry of its order makes it: the outbox is the truth. `confirmed` is the draft as it was
 * kept with the entry. Gives the draft itself when there is nothing to change.
 */
export function alignDraft(draft: Draft, entry: OutboxEntry, confirmed: Draft | null): Draft {
  if (entry.state === 'settled')
    return draft.status === 'ordered' && draft.order === null ? afterDecision(draft, entry) : draft;
  const order = orderOfEntry(entry);
  const isSame = draft.sending?.commandId === entry.id && draft.sending.state === entry.state;
  if (draft.status === 'ordered' && isSame && draft.order?.id === order?.id) return draft;
  const ordered = draft.status === 'ordered' ? draft : (confirmed ?? draft);
  return { ...ordered, userId: draft.userId, status: 'ordered', order, sending: sendingOf(entry, draft) };
}

function sendingOf(
  { id, state, madeAt, decidedAt, error, payload }: OutboxEntry,
  { sending }: Draft,
): Draft['sending'] {
  const given = payload.statusToken;
  return {
    commandId: id,
    state,
    savedAt: madeAt,
    acceptedAt: state === 'accepted' ? decidedAt : null,
    // Why a try failed is in the outbox; here it is why head office refused.
    error: state === 'refused' ? error : null,
    statusToken: typeof given === 'string' ? given : (sending?.statusToken ?? ''),
  };
}

function orderOfEntry({ state, result }: OutboxEntry): Draft['order'] {
  if (state !== 'accepted') return null;
  const order = orderSchema.pick({ id: true, serviceId: true, provisioningJobId: true }).safeParse(result).data;
  return order === undefined ? null : { id: order.id, serviceId: order.serviceId, jobId: order.provisioningJobId };
}

function afterDecision(draft: Draft, entry: OutboxEntry): Draft {
  if (entry.settlement === 'reopened') return { ...draft, status: 'open', sending: null };
  if (entry.settlement !== 'cancelled') return draft;
  return { ...draft, status: 'discarded', sending: sendingOf(entry, draft) };
}

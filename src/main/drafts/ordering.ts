import type { Draft } from '#core/assignment/draft.ts';
import { isHeld, missingOf, orderOf } from '#core/assignment/steps.ts';
import type { PreflightCheck } from '#core/domain/preflight.ts';
import type { Order } from '#core/domain/provisioning.ts';
import { localIdsOf } from '#core/sync/local-ids.ts';
import { fail, hasCode } from '../failures.ts';
import { checksHere } from './checks.ts';
import { createConfirming } from './confirming.ts';
import { withItems } from './items.ts';
import type { DraftsOptions, Workspace } from './workspace.ts';

const RESTORABLE_MS = 60_000;

/** The acts that end a draft or keep it alive: holds, checks, order, discard, restore. */
export function createOrdering(options: DraftsOptions, workspace: Workspace) {
  const { central, reads, outbox, holds, jobs, now, link, log } = options;
  const { act, actOnOpen, keep } = workspace;

  /** Renews holds, saves what came of it, and only then says that a chosen item is lost. */
  const renewed = async (draft: Draft, which: readonly Draft['items'][number][]): Promise<Draft> => {
    if (which.length === 0) return draft;
    const { items, failure } = await holds.renew(draft, which);
    const kept = await keep(withItems(draft, items));
    if (failure !== null) throw failure;
    return kept;
  };
  const confirmHere = createConfirming(options, workspace, renewed);

  /** Central's lost answer to an earlier try is found by the draft's id, however the draft was changed since. */
  const earlierOrder = async (draft: Draft): Promise<Order | undefined> =>
    (await central.orders.list({ draftId: draft.id, limit: 1 })).items[0];

  const placeOnce = async (draft: Draft): Promise<Order> => {
    try {
      return await central.orders.create(orderOf(draft), { context: { key: draft.id } });
    } catch (error) {
      const earlier = hasCode(error, 'idempotency_key_reused') ? await earlierOrder(draft) : undefined;
      if (earlier === undefined) throw error;
      return earlier;
    }
  };
  /** When central's clock is ahead of ours its holds lapse sooner than we know: they are taken anew, once. */
  const place = async (draft: Draft): Promise<Order> => {
    try {
      return await placeOnce(draft);
    } catch (error) {
      if (!hasCode(error, 'item_not_available', 'reservation_lapsed')) throw error;
      return placeOnce(await renewed(draft, draft.items));
    }
  };
  /** After a refusal the draft shows what is true now: a closed customer, a product no longer on offer. */
  const refresh = async (draft: Draft): Promise<void> => {
    if (draft.customer === null || draft.product === null) return;
    const [customer, product] = await Promise.all([
      reads.customers.get({ id: draft.customer.id }),
      reads.products.get({ id: draft.product.id }),
    ]);
    await keep({ ...draft, customer, product });
  };
  /** On a desk that is not enrolled: straight at head office. */
  const order = async (draft: Draft): Promise<Draft> => {
    const ready = await renewed(
      draft,
      draft.items.filter((item) => !isHeld(item, now())),
    );
    const { id, serviceId, provisioningJobId: jobId } = await place(ready);
    await jobs.follow(jobId);
    return keep({ ...ready, status: 'ordered', shortlist: [], order: { id, serviceId, jobId } }, ready.shortlist);
  };
  /** Head office's checks; the desk's own when it can't be asked, or knows nothing yet of what the draft builds on. */
  const check = async (draft: Draft): Promise<{ checks: PreflightCheck[] }> => {
    const input = orderOf(draft);
    if (!outbox.isUsed()) return central.orders.preflight(input);
    const isUnknown = localIdsOf('order.place', input).length > 0;
    if (link().state === 'offline' || isUnknown) return { checks: checksHere(draft, now()) };
    try {
      return await central.orders.preflight(input);
    } catch (error) {
      if (!hasCode(error, 'unavailable', 'unauthorized')) throw error;
      return { checks: checksHere(draft, now()) };
    }
  };

  return {
    extendHolds: (draftId: string) =>
      actOnOpen(draftId, (draft) => renewed(draft, [...draft.items, ...draft.shortlist])),
    preflight: (draftId: string) =>
      act(draftId, async (draft) => {
        const missing = missingOf(draft);
        if (missing.length > 0) throw fail('order_incomplete', { missing });
        return check(draft);
      }),
    confirm: (draftId: string) =>
      act(draftId, async (draft) => {
        if (draft.status === 'ordered') return draft;
        if (draft.status === 'discarded') throw fail('not_found', { what: 'draft' });
        const missing = missingOf(draft);
        if (missing.length > 0) throw fail('order_incomplete', { missing });
        try {
          return await (outbox.isUsed() ? confirmHere(draft) : order(draft));
        } catch (error) {
          if (hasCode(error, 'customer_not_open', 'product_not_offered', 'not_eligible')) {
            await refresh(draft).catch((failure: unknown) => log.warn({ failure: String(failure) }, 'no fresh facts'));
          }
          throw error;
        }
      }),
    discard: (draftId: string) =>
      act(draftId, async (draft) => {
        if (draft.status !== 'open') return;
        await keep({ ...draft, status: 'discarded' }, [...draft.items, ...draft.shortlist]);
      }),
    restore: (draftId: string) =>
      act(draftId, async (draft) => {
        if (draft.status === 'open') return draft;
        const age = now().getTime() - new Date(draft.updatedAt).getTime();
        if (draft.status !== 'discarded' || age > RESTORABLE_MS) throw fail('not_found', { what: 'draft' });
        await holds.settled();
        const { items } = await holds.renew(draft, [...draft.items, ...draft.shortlist]);
        return keep(withItems({ ...draft, status: 'open', sending: null }, items));
      }),
  };
}

import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Draft } from '#core/assignment/draft.ts';
import { isHeld, orderOf } from '#core/assignment/steps.ts';
import { commandTypes } from '#core/sync/commands.ts';
import type { OutboxEntry } from '#core/sync/outbox.ts';
import { hasCode } from '../failures.ts';
import { asError } from '../router/commands.ts';
import { alignDraft } from './align.ts';
import { refuseUnfit } from './checks.ts';
import { refused } from './local-holds.ts';
import type { DraftsOptions, Workspace } from './workspace.ts';

type Renew = (draft: Draft, which: readonly Draft['items'][number][]) => Promise<Draft>;

/** 128 bits: nobody finds a customer's status page by guessing. */
const TOKEN_BYTES = 16;

/** Confirm on an enrolled desk: kept here before it is answered, whatever the line does. */
export function createConfirming(options: DraftsOptions, { keep }: Workspace, renewed: Renew) {
  const { outbox, reads, jobs, link, now } = options;
  const isOffline = () => link().state === 'offline';

  /** Customer and product as the desk knows them now; as they were chosen when it can't tell. */
  const withFreshFacts = async (draft: Draft): Promise<Draft> => {
    if (draft.customer === null || draft.product === null) return draft;
    try {
      const [customer, product] = await Promise.all([
        reads.customers.get({ id: draft.customer.id }),
        reads.products.get({ id: draft.product.id }),
      ]);
      return { ...draft, customer, product };
    } catch (error) {
      if (!hasCode(error, 'unavailable', 'unauthorized')) throw error;
      return draft;
    }
  };
  /** Without a line the desk promises what is its own only; head office's hold may be over before it hears of the order. */
  const withOwnItems = async (draft: Draft): Promise<Draft> => {
    const held = await renewed(
      draft,
      draft.items.filter((item) => (isOffline() ? !item.heldHere : !isHeld(item, now()))),
    );
    const strange = isOffline() ? held.items.find(({ heldHere }) => !heldHere) : undefined;
    if (strange !== undefined) throw refused(strange.item.id, 'not_ours_offline');
    return held;
  };
  const send = async (draft: Draft): Promise<{ entry: OutboxEntry; confirmed: Draft }> => {
    const { customer, product } = draft;
    if (customer === null || product === null) throw new Error('the draft is not complete');
    const commandId = uuid();
    const statusToken = randomBytes(TOKEN_BYTES).toString('base64url');
    const confirmed: Draft = {
      ...{ ...draft, status: 'ordered', shortlist: [], order: null },
      sending: {
        ...{ commandId, state: 'saved', savedAt: now().toISOString() },
        ...{ acceptedAt: null, error: null, statusToken },
      },
    };
    const payload = commandTypes['order.place'].payload.parse(orderOf(confirmed));
    const about = { customerId: customer.id, customerName: customer.name, subject: product.name };
    const entry = await outbox.perform({
      ...{ id: commandId, type: 'order.place', payload, draft: confirmed },
      ...about,
    });
    return { entry, confirmed };
  };
  /** When central's clock is ahead of ours its holds lapse sooner than we know: they are taken anew, once. */
  const sendHeld = async (draft: Draft) => {
    const first = await send(draft);
    const wasLost = ['item_not_available', 'reservation_lapsed'].includes(first.entry.error?.code ?? '');
    if (first.entry.state !== 'settled' || !wasLost) return first;
    return send(await renewed(draft, draft.items));
  };

  return async (draft: Draft): Promise<Draft> => {
    const fresh = await withFreshFacts(draft);
    refuseUnfit(fresh);
    const ready = await withOwnItems(fresh);
    const { entry, confirmed } = await sendHeld(ready);
    if (entry.state === 'settled' && entry.error !== null) throw asError(entry.error);
    const aligned = alignDraft({ ...confirmed, sending: null }, entry, confirmed);
    const kept = await keep(aligned, ready.shortlist);
    if (kept.order !== null) await jobs.follow(kept.order.jobId);
    return kept;
  };
}

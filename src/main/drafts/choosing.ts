import { v7 as uuid } from 'uuid';
import { type Draft, type DraftDetails, type DraftOrigin, emptyDraft } from '#core/assignment/draft.ts';
import { withDefaults } from '#core/assignment/steps.ts';
import type { Customer } from '#core/domain/customer.ts';
import { choicesOf } from './choices.ts';
import { type Change, draftItemOf, findItem, putInSlot, putOnShortlist, takeOut } from './items.ts';
import { refused } from './local-holds.ts';
import { withSuggestions } from './suggestions.ts';
import type { DraftsOptions, Workspace } from './workspace.ts';

export interface DraftStart {
  readonly productId?: number;
  readonly customerId?: number;
  readonly serviceId?: number;
  readonly itemId?: number;
}

type Placement = (draft: Draft, item: ReturnType<typeof draftItemOf>) => Change;

/** The acts that fill a draft: product, customer, items, details. */
export function createChoosing(options: DraftsOptions, { actOnOpen, keep }: Workspace) {
  const { reads, holds, person, itemFacts, now } = options;

  const withCustomer = async (draft: Draft, customer: Customer): Promise<Draft> =>
    withDefaults({ ...draft, customer, choices: await choicesOf(reads, customer.id) });

  /** A chosen product takes defaults and proposals; items it has no slot for are let go. */
  const withProduct = async (draft: Draft, productId: number): Promise<Change> => {
    const product = await reads.products.get({ id: productId });
    // The answer to the renewal question belongs to the product it was asked about.
    const autoRenew = draft.product?.id === product.id ? draft.autoRenew : null;
    const chosen = withDefaults({ ...draft, product, autoRenew });
    const fitting = takeOut(chosen, ({ template }) => !hasSlot(chosen, template));
    return { draft: await withSuggestions(fitting.draft, options), released: fitting.released };
  };

  /**
   * Holds an item for the draft and places it. An item that is held already gets its full time again: central decides,
   * because this machine's clock may be wrong about what has lapsed.
   */
  const withItem = async (draft: Draft, itemId: number, place: Placement): Promise<Change> => {
    const item = findItem(draft, itemId)?.item ?? (await itemFacts(itemId));
    if (draft.product !== null && !hasSlot(draft, item.template)) throw refused(itemId, 'wrong_template');
    if (draft.storeId !== null && item.storeId !== null && item.storeId !== draft.storeId) {
      throw refused(itemId, 'other_store');
    }
    return place(draft, draftItemOf(item, await holds.take(draft.id, itemId), false));
  };

  const start = async (from: DraftStart): Promise<Draft> => {
    const { id, store } = person();
    const blank = emptyDraft(uuid(), id, store?.id ?? null, now().toISOString(), originOf(from));
    const service = from.serviceId === undefined ? null : await reads.services.get({ id: from.serviceId });
    const customerId = from.customerId ?? service?.customerId;
    // The item first: when it is not to be had there is nothing to undo.
    const held = from.itemId === undefined ? blank : (await withItem(blank, from.itemId, putInSlot)).draft;
    try {
      const aimed = { ...held, serviceId: service?.id ?? null };
      const customer = customerId === undefined ? null : await reads.customers.get({ id: customerId });
      const known = customer === null ? aimed : await withCustomer(aimed, customer);
      if (from.productId === undefined) return await keep(known);
      const { draft, released } = await withProduct(known, from.productId);
      return await keep(draft, released);
    } catch (error) {
      holds.release(held.id, held.items);
      throw error;
    }
  };

  return {
    create: start,
    chooseProduct: (draftId: string, productId: number) =>
      actOnOpen(draftId, async (draft) => {
        const change = await withProduct(draft, productId);
        return keep(change.draft, change.released);
      }),
    chooseCustomer: (draftId: string, customerId: number) =>
      actOnOpen(draftId, async (draft) => {
        const customer = await reads.customers.get({ id: customerId });
        // Answers given for the customer before mean nothing for this one.
        const before = draft.customer?.id === customer.id ? draft : { ...draft, ...noCustomersAnswers };
        return keep(await withCustomer(before, customer));
      }),
    chooseItem: (draftId: string, itemId: number) =>
      actOnOpen(draftId, async (draft) => {
        const change = await withItem(draft, itemId, putInSlot);
        return keep(change.draft, change.released);
      }),
    shortlistItem: (draftId: string, itemId: number) =>
      actOnOpen(draftId, async (draft) => {
        const change = await withItem(draft, itemId, putOnShortlist);
        return keep(change.draft, change.released);
      }),
    releaseItem: (draftId: string, itemId: number) =>
      actOnOpen(draftId, async (draft) => {
        const change = takeOut(draft, ({ item }) => item.id === itemId);
        return change.released.length === 0 ? draft : keep(change.draft, change.released);
      }),
    changeDetails: (draftId: string, details: DraftDetails) =>
      actOnOpen(draftId, async (draft) => keep(withDefaults({ ...draft, ...details }))),
  };
}

const noCustomersAnswers = {
  serviceId: null,
  siteId: null,
  billingContactId: null,
  technicalContactId: null,
  purchaseOrder: '',
  costCentre: '',
  autoRenew: null,
} satisfies Partial<Draft>;

function hasSlot({ product }: Draft, template: string): boolean {
  return product?.inventoryTemplates.some((wanted) => wanted.template === template) ?? false;
}

/** What the person began with; it decides what is asked first. */
function originOf(from: DraftStart): DraftOrigin {
  if (from.serviceId !== undefined) return 'service';
  if (from.itemId !== undefined) return 'item';
  if (from.customerId !== undefined) return 'customer';
  return from.productId === undefined ? 'nothing' : 'product';
}

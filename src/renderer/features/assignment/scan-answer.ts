import type { Draft } from '#core/assignment/draft.ts';
import type { ScanMatch } from '#core/contract/desk/events.ts';
import { type Item, type ItemRefusal, refuseItem } from '#core/domain/inventory.ts';

/** What the wizard does with a scan: fills a slot, takes a customer, refuses it with a reason, or leaves it to the desk. */
export type ScanPlan =
  | { readonly do: 'item'; readonly item: Item }
  | { readonly do: 'customer'; readonly customerId: number }
  | { readonly do: 'refuse'; readonly reason: string; readonly facts: Readonly<Record<string, string>> }
  | { readonly do: 'leave' };

export interface ScanContext {
  readonly draft: Draft;
  readonly onCustomerStep: boolean;
  /** Undefined for staff of all stores. */
  readonly storeId: number | undefined;
  readonly now: Date;
}

type ItemMatch = Extract<ScanMatch, { kind: 'item' }>;

function refuse(reason: ItemRefusal | string, facts: Record<string, string> = {}): ScanPlan {
  return { do: 'refuse', reason, facts };
}

function factsOf({ item, owner }: ItemMatch): Record<string, string> {
  return {
    label: item.label,
    template: item.templateName,
    store: item.storeName ?? '',
    status: item.status,
    holder: item.reservation?.userName ?? '',
    until: item.reservation?.expiresAt ?? '',
    owner: owner?.customerName ?? '',
  };
}

function planItem(match: ItemMatch, { draft, onCustomerStep, storeId, now }: ScanContext): ScanPlan {
  const { item, owner } = match;
  // Somebody's own SIM says who stands at the counter.
  if (owner !== null && onCustomerStep) return { do: 'customer', customerId: owner.customerId };
  const refusal = refuseItem(item, { draftId: draft.id, storeId, now });
  if (refusal !== null) return refuse(refusal, factsOf(match));
  const slots = draft.product?.inventoryTemplates;
  if (slots !== undefined && !slots.some(({ template }) => template === item.template)) {
    return refuse('wrong_template', factsOf(match));
  }
  return { do: 'item', item };
}

/** Decides on a scan while an open draft is on screen (screens.md 1; PA-9). Central still has the last word on a hold. */
export function planScan(match: ScanMatch, context: ScanContext): ScanPlan {
  switch (match.kind) {
    case 'item':
      return planItem(match, context);
    case 'customer':
      return context.onCustomerStep || context.draft.customer === null
        ? { do: 'customer', customerId: match.customerId }
        : { do: 'leave' };
    case 'none':
      return refuse('unknown_item');
    case 'invalid':
      return refuse(match.reason);
    case 'unreachable':
      return refuse('unreachable');
    case 'order':
    case 'draft':
      return { do: 'leave' };
  }
}

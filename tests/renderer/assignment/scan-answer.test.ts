import { describe, expect, it } from 'vitest';
import type { Draft } from '#core/assignment/draft.ts';
import type { ScanMatch } from '#core/contract/desk/events.ts';
import type { Item } from '#core/domain/inventory.ts';
import { planScan } from '../../../src/renderer/features/assignment/scan-answer.ts';
import { customerOf, DRAFT_ID, draftOf, LATER, NOW, planOf } from '../../core/assignment/drafts.ts';

const OTHER_DRAFT = '01939f00-0000-7000-8000-000000000099';
const HOLD = '01939f00-0000-7000-8000-000000000077';

function itemOf(change: Partial<Item> = {}): Item {
  return {
    id: 1,
    template: 'sim_card',
    templateName: 'SIM Card',
    label: 'SIM-00123',
    status: 'new',
    identifiers: { iccid: '8944100000000090001' },
    storeId: 1,
    storeName: 'Paris 2',
    customerId: null,
    serviceId: null,
    reservation: null,
    ...change,
  };
}

const owned = { customerId: 123, customerName: 'John Smith', serviceId: 789 };
const scan = (match: ScanMatch, draft: Draft = draftOf(), onCustomerStep = false) =>
  planScan(match, { draft, onCustomerStep, storeId: 1, now: new Date(NOW) });
const item = (change: Partial<Item> = {}, owner: typeof owned | null = null): ScanMatch => ({
  kind: 'item',
  item: itemOf(change),
  owner,
});

describe('a scanned item', () => {
  it('fills its slot in any step, also before there is a product', () => {
    expect(scan(item())).toMatchObject({ do: 'item', item: { id: 1 } });
    expect(scan(item(), draftOf({ product: planOf() }))).toMatchObject({ do: 'item' });
    expect(scan(item(), draftOf(), true)).toMatchObject({ do: 'item' });
  });

  it('is refused with its reason: other kind, other store, held, assigned, out of use', () => {
    const fibre = draftOf({ product: planOf({ inventoryTemplates: [] }) });
    const reservation = { id: HOLD, draftId: OTHER_DRAFT, expiresAt: LATER, userName: 'Ana' };
    expect(scan(item(), fibre)).toMatchObject({ do: 'refuse', reason: 'wrong_template' });
    expect(scan(item({ storeId: 2, storeName: 'Lyon' }))).toMatchObject({ reason: 'other_store' });
    expect(scan(item({ status: 'reserved', reservation }))).toMatchObject({
      reason: 'held_by_other',
      facts: { holder: 'Ana', until: LATER },
    });
    expect(scan(item({ status: 'assigned' }, owned))).toMatchObject({ reason: 'already_assigned' });
    expect(scan(item({ status: 'faulty' }))).toMatchObject({ reason: 'not_available' });
  });

  it('is taken when this very draft holds it, or when its hold is over', () => {
    const reservation = { id: HOLD, draftId: DRAFT_ID, expiresAt: LATER, userName: 'Sofia' };
    expect(scan(item({ status: 'reserved', reservation }))).toMatchObject({ do: 'item' });
    const lapsed = { ...reservation, draftId: OTHER_DRAFT, expiresAt: NOW };
    expect(scan(item({ status: 'reserved', reservation: lapsed }))).toMatchObject({ do: 'item' });
  });

  it('that belongs to somebody names the customer, in the customer step only', () => {
    const assigned = item({ status: 'assigned' }, owned);
    expect(scan(assigned, draftOf(), true)).toEqual({ do: 'customer', customerId: 123 });
    expect(scan(assigned)).toMatchObject({ do: 'refuse', reason: 'already_assigned' });
  });
});

describe('any other scan', () => {
  it('a customer’s receipt chooses the customer, and leaves a chosen one alone', () => {
    const receipt: ScanMatch = { kind: 'customer', customerId: 456 };
    expect(scan(receipt)).toEqual({ do: 'customer', customerId: 456 });
    expect(scan(receipt, draftOf({ customer: customerOf() }))).toEqual({ do: 'leave' });
    expect(scan(receipt, draftOf({ customer: customerOf() }), true)).toEqual({ do: 'customer', customerId: 456 });
  });

  it('an unknown, misread or unresolvable code is refused aloud', () => {
    expect(scan({ kind: 'none' })).toMatchObject({ do: 'refuse', reason: 'unknown_item' });
    expect(scan({ kind: 'invalid', reason: 'iccid_luhn' })).toMatchObject({ do: 'refuse', reason: 'iccid_luhn' });
    expect(scan({ kind: 'unreachable' })).toMatchObject({ do: 'refuse', reason: 'unreachable' });
  });

  it('an order or another draft is the desk’s matter', () => {
    expect(scan({ kind: 'order', orderId: 1, jobId: 1, customerId: 1 })).toEqual({ do: 'leave' });
    expect(scan({ kind: 'draft', draftId: OTHER_DRAFT })).toEqual({ do: 'leave' });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemStatusSchema, refuseItem } from '#core/domain/inventory.ts';

const now = new Date('2026-11-22T10:00:00.000Z');
const later = '2026-11-22T10:05:00.000Z';
const earlier = '2026-11-22T09:59:59.999Z';
const mine = '019aa000-0000-7000-8000-000000000001';
const theirs = '019aa000-0000-7000-8000-000000000002';
const context = { template: 'sim_card', draftId: mine, storeId: 1, now };
const item = { template: 'sim_card', status: 'in_stock' as const, storeId: 1, reservation: null };

describe('whether a draft may take an item (PA-9)', () => {
  it('new and in-stock items of the right template and store may be taken', () => {
    expect(refuseItem(item, context)).toBeNull();
    expect(refuseItem({ ...item, status: 'new' }, context)).toBeNull();
    expect(refuseItem(item, { ...context, storeId: undefined })).toBeNull();
  });

  it('the draft that holds an item may take it, another may not, until the lease ends', () => {
    const held = (draftId: string, expiresAt: string) =>
      refuseItem({ ...item, status: 'reserved', reservation: { draftId, expiresAt } }, context);
    expect(held(mine, later)).toBeNull();
    expect(held(theirs, later)).toBe('held_by_other');
    expect(held(theirs, earlier)).toBeNull();
  });

  it('each refusal names its own reason', () => {
    expect(refuseItem({ ...item, template: 'modem' }, context)).toBe('wrong_template');
    expect(refuseItem({ ...item, storeId: 2 }, context)).toBe('other_store');
    expect(refuseItem({ ...item, status: 'assigned' }, context)).toBe('already_assigned');
    expect(refuseItem({ ...item, status: 'sold' }, context)).toBe('already_assigned');
    expect(refuseItem({ ...item, status: 'faulty' }, context)).toBe('not_available');
    expect(refuseItem({ ...item, status: 'retired' }, context)).toBe('not_available');
    expect(refuseItem({ ...item, status: 'reserved' }, context)).toBe('not_available');
  });

  it('an item that someone else holds, or that is no longer in stock, is never allowed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...itemStatusSchema.options),
        fc.option(fc.record({ draftId: fc.constantFrom(mine, theirs), expiresAt: fc.constantFrom(later, earlier) })),
        (status, reservation) => {
          if (refuseItem({ ...item, status, reservation }, context) !== null) return;
          expect(['new', 'in_stock', 'reserved']).toContain(status);
          expect(reservation?.draftId === theirs && reservation.expiresAt === later).toBe(false);
        },
      ),
    );
  });
});

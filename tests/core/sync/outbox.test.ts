import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommandType } from '#core/sync/commands.ts';
import { localIdsOf, withRealIds } from '#core/sync/local-ids.ts';
import { blockedBy, outboxTransitions, sendable, settlementsOf } from '#core/sync/outbox.ts';
import type { OutboxState } from '#core/sync/states.ts';

interface Entry {
  id: string;
  seq: number;
  type: CommandType;
  payload: Record<string, unknown>;
  localId: number | null;
  customerId: number;
  state: OutboxState;
}

let seq = 0;
function entry(type: CommandType, change: Partial<Entry> = {}): Entry {
  seq += 1;
  return { id: `e${seq}`, seq, type, payload: {}, localId: null, customerId: 123, state: 'saved', ...change };
}

const none = new Map<number, number>();

describe('what may go up', () => {
  test('a customer made here goes before the order for them, which waits for the number', () => {
    const customer = entry('customer.create', { localId: -1, customerId: -1 });
    const order = entry('order.place', { customerId: -1, payload: { customerId: -1 } });
    expect(sendable([order, customer], none)).toEqual([customer]);
    const accepted = { ...customer, state: 'accepted' as const };
    expect(sendable([accepted, order], new Map([[-1, 5124]]))).toEqual([order]);
  });

  test('a refused piece of work stops what builds on it and nothing else', () => {
    const refused = entry('customer.create', { localId: -1, customerId: -1, state: 'refused' });
    const order = entry('order.place', { customerId: -1, payload: { customerId: -1 } });
    const other = entry('order.place', { payload: { customerId: 456 }, customerId: 456 });
    expect(sendable([refused, order, other], none)).toEqual([other]);
    expect(blockedBy(order, [refused, order, other], none)).toBe(refused);
    expect(blockedBy(other, [refused, order, other], none)).toBeNull();
  });

  test('an order that needs a site of a refused customer is blocked by that customer', () => {
    const customer = entry('customer.create', { localId: -1, customerId: -1, state: 'refused' });
    const site = entry('site.create', { localId: -2, customerId: -1, payload: { id: -1 } });
    const order = entry('order.place', { customerId: -1, payload: { customerId: 77, siteId: -2 } });
    expect(blockedBy(order, [customer, site, order], none)).toBe(customer);
  });

  test('two changes of one customer go one after the other, in the order they were made', () => {
    const first = entry('customer.change', { payload: { id: 123 } });
    const second = entry('customer.change', { payload: { id: 123 } });
    const other = entry('customer.change', { payload: { id: 456 }, customerId: 456 });
    expect(sendable([second, other, first], none)).toEqual([first, other]);
  });

  test('nothing travels with an id of the desk, nothing twice, and all in order, whatever the outbox holds', () => {
    const anyEntry = fc.record({
      type: fc.constantFrom<CommandType>(
        'customer.create',
        'customer.change',
        'contact.create',
        'site.create',
        'order.place',
      ),
      state: fc.constantFrom<OutboxState>('saved', 'accepted', 'refused', 'settled'),
      customer: fc.integer({ min: -4, max: 4 }).filter((id) => id !== 0),
      site: fc.option(fc.integer({ min: -4, max: 4 }).filter((id) => id !== 0)),
    });
    fc.assert(
      fc.property(
        fc.array(anyEntry, { maxLength: 20 }),
        fc.uniqueArray(fc.integer({ min: -4, max: -1 })),
        (many, known) => {
          const numbers = new Map(known.map((id) => [id, 1000 - id]));
          const entries = many.map(({ type, state, customer, site }) =>
            entry(type, {
              state,
              customerId: customer,
              payload: type === 'order.place' ? { customerId: customer, siteId: site } : { id: customer },
            }),
          );
          const ready = sendable(entries, numbers);
          expect(ready.every(({ state }) => state === 'saved')).toBe(true);
          expect(ready.map(({ seq }) => seq)).toEqual([...new Set(ready.map(({ seq }) => seq))].sort((a, b) => a - b));
          for (const { type, payload } of ready)
            expect(localIdsOf(type, withRealIds(type, payload, numbers))).toEqual([]);
        },
      ),
    );
  });
});

describe('ids of the desk', () => {
  test('every one in a payload is replaced, the others stay', () => {
    const numbers = new Map([
      [-1, 5124],
      [-2, 88],
    ]);
    const payload = { customerId: -1, siteId: -2, productId: 4, billingContactId: 9, technicalContactId: null };
    expect(withRealIds('order.place', payload, numbers)).toEqual({
      customerId: 5124,
      siteId: 88,
      productId: 4,
      billingContactId: 9,
      technicalContactId: null,
    });
  });

  test('one without a number does not travel', () => {
    expect(() => withRealIds('site.create', { id: -3 }, none)).toThrow('-3');
  });
});

describe('states and decisions', () => {
  test('what head office answered is final, but for a refusal, which a person settles', () => {
    expect(outboxTransitions).toEqual({
      saved: ['accepted', 'refused'],
      refused: ['settled'],
      accepted: [],
      settled: [],
    });
  });

  test('a possible duplicate can be said to be the customer that exists', () => {
    const error = { code: 'possible_duplicate', message: '' };
    expect(settlementsOf({ type: 'customer.create', error })).toContain('linked');
    expect(settlementsOf({ type: 'customer.create', error: { code: 'forbidden', message: '' } })).not.toContain(
      'linked',
    );
    expect(settlementsOf({ type: 'order.place', error })).toEqual(['reopened', 'retried', 'cancelled']);
  });
});

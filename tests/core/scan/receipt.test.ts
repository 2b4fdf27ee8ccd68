import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classifyScan } from '#core/scan/classify.ts';
import { encodeReceipt, parseReceipt } from '#core/scan/receipt.ts';
import type { ReceiptTarget } from '#core/scan/schema.ts';

const targets: fc.Arbitrary<ReceiptTarget> = fc.oneof(
  fc.record({ of: fc.constantFrom('order' as const, 'customer' as const), id: fc.integer({ min: 1, max: 2 ** 31 }) }),
  fc.record({ of: fc.constant('draft' as const), id: fc.uuid({ version: [4, 7] }) }),
);

test('what we print is what we read, in lower and upper case, with a reader prefix', () => {
  fc.assert(
    fc.property(targets, (target) => {
      const text = encodeReceipt(target);
      expect(parseReceipt(text)).toEqual(target);
      expect(classifyScan(`]Q3${text.toUpperCase()}\r`)).toEqual({ kind: 'receipt', target });
    }),
  );
});

test('an order receipt is short text', () => {
  expect(encodeReceipt({ of: 'order', id: 456 })).toBe('comptoir:order:456');
});

test.each([
  ['comptoir:order:0'],
  ['comptoir:order:-1'],
  ['comptoir:order:1e3'],
  ['comptoir:order:99999999999999999999'],
  ['comptoir:draft:456'],
  ['comptoir:refund:456'],
  ['comptoir:order:456:extra'],
  ['https://comptoir:order:456'],
])('%s is none of ours', (text) => {
  expect(parseReceipt(text)).toBeNull();
  expect(classifyScan(text).kind).toBe('unknown');
});

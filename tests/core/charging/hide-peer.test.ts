import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hidePeer } from '#core/charging/hide-peer.ts';

test.each([
  ['+447700900123', '+4477••••••23'],
  ['07700900456', '07700••••56'],
  ['88300', '883••'],
  ['123', '12•'],
  ['1', '•'],
  ['', ''],
])('%s is shown as %s', (peer, shown) => {
  expect(hidePeer(peer)).toBe(shown);
});

test('a third of every number is hidden, and its length stays', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+?\d{1,40}$/), (peer) => {
      const shown = hidePeer(peer);
      expect([...shown]).toHaveLength(peer.length);
      expect([...shown].filter((each) => each === '•').length).toBeGreaterThanOrEqual(peer.length / 3);
    }),
  );
});

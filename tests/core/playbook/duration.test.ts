import { expect, test } from 'vitest';
import { parseDuration } from '#core/playbook/duration.ts';

test.each([
  ['30s', 30],
  ['5m', 300],
  ['2h', 7200],
  ['30d', 2_592_000],
  ['250ms', 0.25],
  ['1.5m', 90],
  [' 5 m ', 300],
  [45, 45],
  [0.5, 0.5],
])('%j lasts %d s', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each([
  '5',
  '5 minutes',
  'm',
  '',
  '-5m',
  '0s',
  '1e3s',
  '5m30s',
  0,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  null,
  undefined,
  {},
])('%j is no duration', (text) => {
  expect(parseDuration(text)).toBeNull();
});

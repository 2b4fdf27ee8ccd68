import { expect, test } from 'vitest';
import { closest, didYouMean } from '#core/playbook/suggest.ts';

test.each([
  ['creatAccount', ['createAccount', 'topUp'], 'createAccount'],
  ['create_account', ['createAccount', 'topUp'], 'createAccount'],
  ['cmr', ['crm', 'ocs', 'hlr'], 'crm'],
  ['ignore_error', ['ignore_errors', 'rescue'], 'ignore_errors'],
  ['xyz', ['crm', 'ocs'], null],
  ['', ['crm'], null],
  ['crm', [], null],
])('%s among %j was meant as %s', (word, known, expected) => {
  expect(closest(word, known)).toBe(expected);
});

test('no suggestion adds no words', () => {
  expect(didYouMean('xyz', ['crm'])).toBe('');
  expect(didYouMean('cmr', ['crm'])).toBe('; did you mean crm?');
});

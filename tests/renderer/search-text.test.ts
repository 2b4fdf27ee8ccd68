import { expect, test } from 'vitest';
import { searchText } from '../../src/renderer/search-text.ts';

test('a national number is asked for as it is stored', () => {
  expect(searchText(' 07700 900123 ', 'GB')).toBe('+447700900123');
  expect(searchText('06 12 34 56 78', 'FR')).toBe('+33612345678');
});

test('ids, names, ICCIDs and half a number are asked for as they are', () => {
  for (const typed of ['123', 'John Smith', '8944100000000000011', '07700', '+44 7700 900123', '900123']) {
    expect(searchText(typed, 'GB')).toBe(typed);
  }
});

test('nothing is guessed while the operator’s country is not known', () => {
  expect(searchText('07700 900123', undefined)).toBe('07700 900123');
});

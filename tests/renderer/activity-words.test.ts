import { expect, test } from 'vitest';
import { shownActions } from '#core/portal/activity.ts';
import customers from '../../src/renderer/locales/en/customers.json' with { type: 'json' };

test('whatever a customer may read of in the portal has words of its own at the counter', () => {
  const words: Record<string, string> = customers.activity;
  expect(shownActions.filter((action) => words[action.replace('.', '_')] === undefined)).toEqual([]);
});

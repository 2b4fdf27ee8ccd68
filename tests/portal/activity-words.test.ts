import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { PortalActivity } from '#core/domain/portal.ts';
import { shownActions } from '#core/portal/activity.ts';
import { textKey } from '../../src/portal/features/activity/text-key.ts';

/** Details with which an action has another sentence than without. */
const details: PortalActivity['detail'][] = [
  {},
  { autoRenew: true, fields: 'name', lastFour: '4242', productName: 'Plan', reason: 'Call 4711' },
];

test.each(['en', 'fr', 'es', 'pt'])(
  'whatever activity a customer is shown has a sentence of its own in %s',
  (language) => {
    const file = path.join(import.meta.dirname, '../../src/portal/locales', language, 'activity.json');
    const { action: texts } = JSON.parse(readFileSync(file, 'utf8')) as { action: Record<string, unknown> };
    const keys = shownActions.flatMap((action) => details.map((detail) => textKey({ action, detail })));
    const textOf = (key: string) =>
      key.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], texts);
    expect(keys.filter((key) => typeof textOf(key) !== 'string')).toEqual([]);
  },
);

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ORPCError } from '@orpc/client';
import i18next, { type i18n } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { errorCatalogue } from '#core/contract/errors.ts';
import { languageSchema } from '#core/domain/common.ts';
import { itemRefusalSchema } from '#core/domain/inventory.ts';
import { codeOf, describeError, describeTaskError } from '../../src/renderer/errors.ts';
import { HostGoneError } from '../../src/renderer/host-connection.ts';

const folder = path.resolve(import.meta.dirname, '../../src/renderer/locales');
const taskCodes = [
  'connector_unreachable',
  'connector_refused',
  'connector_bad_answer',
  'timeout',
  'precondition_failed',
  'internal',
];
const parts = ['title', 'meaning', 'advice'] as const;
let words: i18n;

beforeAll(async () => {
  words = i18next.createInstance();
  await words.init({
    lng: 'en',
    defaultNS: 'errors',
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(
      languageSchema.options.map((language) => [
        language,
        { errors: JSON.parse(readFileSync(path.join(folder, language, 'errors.json'), 'utf8')) },
      ]),
    ),
  });
});

const describeIn = (language: string, error: unknown) =>
  describeError(error, words.getFixedT(language, 'errors'), language);

describe.each(languageSchema.options)('errors in %s', (language) => {
  test('every code of the contract says what happened, what it means and what to do', () => {
    const unknown = describeIn(language, new Error('boom'));
    for (const code of Object.keys(errorCatalogue)) {
      const said = describeIn(language, new ORPCError(code, { data: { until: '2026-11-22T10:30:00.000Z' } }));
      expect.soft(said.title, code).not.toBe(unknown.title);
      for (const part of parts) expect.soft(said[part], `${code}.${part}`).not.toMatch(/^$|\{\{|\w+\.\w+\.\w+/);
    }
  });

  test('every reason why an item can not be had has its own words', () => {
    const said = itemRefusalSchema.options.map(
      (reason) => describeIn(language, new ORPCError('item_not_available', { data: { reason } })).title,
    );
    expect(new Set(said).size).toBe(itemRefusalSchema.options.length);
    expect(said).not.toContain(describeIn(language, new ORPCError('item_not_available')).title);
  });

  test('every way a task fails has its own words, with the connector named', () => {
    const t = words.getFixedT(language, 'errors');
    const said = taskCodes.map((code) => describeTaskError({ code, technical: 'x', data: { connector: 'ocs' } }, t));
    expect(new Set(said.map(({ title }) => title)).size).toBe(taskCodes.length);
    for (const { title, meaning, advice } of said) expect(title + meaning + advice).not.toContain('{{');
  });
});

test('a locked account says until when, by the clock on the wall', () => {
  const until = new Date(2026, 10, 22, 14, 5).toISOString();
  expect(describeIn('en', new ORPCError('account_locked', { data: { until } })).title).toContain('14:05');
});

test('an item that a colleague holds names the colleague and the time', () => {
  const expiresAt = new Date(2026, 10, 22, 14, 5).toISOString();
  const heldBy = { id: 'x', draftId: 'y', userName: 'Ana López', expiresAt };
  const error = new ORPCError('item_not_available', { data: { itemId: 1, reason: 'held_by_other', heldBy } });
  expect(describeIn('en', error).meaning).toBe('Held by Ana López until 14:05.');
});

test('a fault of central carries its number, to be quoted', () => {
  expect(describeIn('en', new ORPCError('internal_error', { data: { requestId: 'req-7' } }))).toMatchObject({
    number: 'req-7',
    retryable: true,
  });
});

test('a host that went away is told from everything else', () => {
  const error = new HostGoneError('gone');
  expect(codeOf(error)).toBe('host_gone');
  expect(describeIn('en', error).advice).toContain('started again by itself');
});

test('what nobody foresaw still says what to do, with its raw text', () => {
  const said = describeIn('en', new TypeError('x is not a function'));
  expect(said).toMatchObject({ code: 'unknown', technical: 'TypeError: x is not a function' });
  expect(said.advice).toContain('technical text');
});

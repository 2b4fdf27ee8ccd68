import i18next from 'i18next';
import { expect, test } from 'vitest';
import { pluralsByRegion } from '#core/format/plurals.ts';

test('numbers take the form of the language’s region', async () => {
  const i18n = i18next.createInstance();
  const texts = {
    common: { items_one: '{{count}} one', items_many: '{{count}} many', items_other: '{{count}} other' },
  };
  await i18n.init({
    ...{ lng: 'pt', supportedLngs: ['en', 'fr', 'es', 'pt'], defaultNS: 'common' },
    resources: { en: texts, fr: texts, es: texts, pt: texts },
  });
  expect(i18n.t('items', { count: 0 })).toBe('0 one');
  pluralsByRegion(i18n);
  const said = (lng: string) => [0, 1, 2].map((count) => i18n.t('items', { count, lng }));
  expect(said('pt')).toEqual(['0 other', '1 one', '2 other']);
  expect(said('fr')).toEqual(['0 one', '1 one', '2 other']);
  expect(said('en')).toEqual(['0 other', '1 one', '2 other']);
  expect(said('es')).toEqual(['0 other', '1 one', '2 other']);
});

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createPlainFormat, type PlainFormat } from '#core/format/plain.ts';

/** Money, numbers, dates and sizes in the page's language. Numbers of phones: `formatPhone` of `phone.ts`. */
export function useFormat(): PlainFormat {
  const { i18n } = useTranslation();
  return useMemo(() => createPlainFormat(i18n.language), [i18n.language]);
}

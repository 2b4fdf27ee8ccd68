import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownBrand } from '#core/contract/portal/access.ts';
import { defaultBrand } from '#core/domain/default-brand.ts';
import type { Language } from '#core/domain/languages.ts';
import { portal } from './api.ts';

/** The look before the operator's own is known. */
const { name, logo, colours } = defaultBrand;
export const plainBrand: ShownBrand = {
  ...{ name, logo, colours, language: 'en', hidden: [], redirects: {}, texts: {}, cssUrl: null },
};

/** The look that central wrote into the page; null where it is the page alone, as the service worker keeps it. */
export function brandInPage(): ShownBrand | null {
  const text = document.getElementById('brand')?.textContent;
  return text === undefined ? null : (JSON.parse(text) as ShownBrand);
}

const BrandContext = createContext<ShownBrand>(plainBrand);

/** Set once, above everything. */
export const BrandProvider = BrandContext;

export function useBrand(): ShownBrand {
  return useContext(BrandContext);
}

const A_WHILE_MS = 10 * 60_000;

/** Asks for the operator's look in the language of the page. */
export function useBrandQuery() {
  const { i18n } = useTranslation();
  return useQuery(
    portal.brand.queryOptions({
      input: { language: i18n.language as Language },
      staleTime: A_WHILE_MS,
      placeholderData: (before) => before,
      retry: false,
    }),
  );
}

import { MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Router } from 'wouter';
import type { Language } from '#core/domain/common.ts';
import { BrandProvider, plainBrand, useBrandQuery } from './brand.ts';
import { Gate } from './frame/Gate.tsx';
import { overrideTexts } from './i18n.ts';
import { themeOf, variablesOf } from './theme.ts';

/** The composition root of the portal. */
export function App({ queryClient }: { queryClient: QueryClient }) {
  return (
    <QueryClientProvider client={queryClient}>
      <Branded>
        <Router base="/portal">
          <Gate />
        </Router>
      </Branded>
    </QueryClientProvider>
  );
}

/** The operator's name, colours, words and style sheet, around everything. */
function Branded({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const { data: brand = plainBrand } = useBrandQuery();
  const { colours, texts, cssUrl } = brand;
  const theme = useMemo(() => themeOf(colours), [colours]);
  const variables = useMemo(() => variablesOf(colours), [colours]);
  useEffect(() => overrideTexts(i18n.language as Language, texts), [i18n.language, texts]);
  return (
    <BrandProvider value={brand}>
      {cssUrl !== null && <link rel="stylesheet" href={cssUrl} />}
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        {children}
      </MantineProvider>
    </BrandProvider>
  );
}

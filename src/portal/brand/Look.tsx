import { MantineProvider } from '@mantine/core';
import { type ReactNode, useLayoutEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownBrand } from '#core/contract/portal/access.ts';
import type { Language } from '#core/domain/languages.ts';
import { BrandProvider } from '../brand.ts';
import { overrideTexts } from '../i18n.ts';
import { themeOf, variablesOf } from '../theme.ts';

/** The operator's name, logo, colours, words and style sheet, around everything. */
export function Look({ brand, children }: { brand: ShownBrand; children: ReactNode }) {
  const { i18n } = useTranslation();
  const { colours, texts, cssUrl, language } = brand;
  const theme = useMemo(() => themeOf(colours), [colours]);
  const variables = useMemo(() => variablesOf(colours), [colours]);
  // While the words of another language are on their way, those of the one before must not stand in it.
  useLayoutEffect(() => {
    if (i18n.language === language) overrideTexts(language as Language, texts);
  }, [i18n.language, language, texts]);
  return (
    <BrandProvider value={brand}>
      {cssUrl !== null && <link rel="stylesheet" href={cssUrl} />}
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        {children}
      </MantineProvider>
    </BrandProvider>
  );
}

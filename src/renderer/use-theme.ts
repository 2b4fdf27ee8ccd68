import type { MantineThemeOverride } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { theme } from './theme.ts';

/** The theme with what the library says by itself, in the screens' language: the name of every close button. */
export function useTheme(): MantineThemeOverride {
  const { t } = useTranslation('common');
  return useMemo(() => {
    const closes = { defaultProps: { closeButtonProps: { 'aria-label': t('close') } } };
    const { Modal } = theme.components ?? {};
    return {
      ...theme,
      components: {
        ...theme.components,
        Modal: { ...Modal, defaultProps: { ...Modal?.defaultProps, ...closes.defaultProps } },
        Notification: closes,
      },
    };
  }, [t]);
}

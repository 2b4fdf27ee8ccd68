import { Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useHostState } from '../host-link.ts';
import classes from './HostGone.module.css';

/** Says over every screen that the desk's own program is away; goes by itself when it is back. */
export function HostGone() {
  const { t } = useTranslation('frame');
  const state = useHostState();
  if (state !== 'gone') return null;
  return (
    <div className={classes.bar} role="alert">
      <Loader size={16} color="currentColor" aria-hidden />
      <Text size="sm" fw={600}>
        {t('hostGone.title')}
      </Text>
      <Text size="sm">{t('hostGone.text')}</Text>
    </div>
  );
}

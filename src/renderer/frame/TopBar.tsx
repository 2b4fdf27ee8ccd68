import { UnstyledButton } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Kbd } from '../components/Kbd.tsx';
import { DraftTabs } from './DraftTabs.tsx';
import classes from './TopBar.module.css';

/** Search and scan at the left, the parked drafts at the right. */
export function TopBar() {
  const { t } = useTranslation('frame');
  return (
    <section className={classes.bar} aria-label={t('topBar')}>
      <UnstyledButton className={classes.search} onClick={() => spotlight.open()}>
        <IconSearch size={17} aria-hidden />
        <span className={classes.hint}>{t('search.hint')}</span>
        <Kbd keys="Ctrl+K" />
      </UnstyledButton>
      <DraftTabs />
    </section>
  );
}

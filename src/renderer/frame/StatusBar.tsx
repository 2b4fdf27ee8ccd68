import { IconBuildingStore } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../session.tsx';
import { DevicesState } from './DevicesState.tsx';
import { LinkState } from './LinkState.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import classes from './StatusBar.module.css';

/** The desk's honest state, always in sight: link, devices, store, person; each opens its detail. */
export function StatusBar() {
  const { t } = useTranslation('frame');
  const { store } = useUser();
  return (
    <section className={classes.bar} aria-label={t('status.label')}>
      <LinkState />
      <DevicesState />
      <span className={classes.fact}>
        <IconBuildingStore size={15} aria-hidden />
        <span className={classes.clip}>{store?.name ?? t('status.allStores')}</span>
      </span>
      <PersonMenu />
    </section>
  );
}

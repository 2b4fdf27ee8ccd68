import { IconBuildingStore } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../session.tsx';
import { AskPin } from './AskPin.tsx';
import { ClockState } from './ClockState.tsx';
import { DevicesState } from './DevicesState.tsx';
import { DirectoryState } from './DirectoryState.tsx';
import { LinkState } from './LinkState.tsx';
import { OutboxState } from './OutboxState.tsx';
import { PasswordAgain } from './PasswordAgain.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import classes from './StatusBar.module.css';

/** The desk's honest state, always in sight: line, outbox, directory, clock, devices, store, person. */
export function StatusBar() {
  const { t } = useTranslation('frame');
  const { store } = useUser();
  return (
    <section className={classes.bar} aria-label={t('status.label')}>
      <LinkState />
      <OutboxState />
      <DirectoryState />
      <ClockState />
      <DevicesState />
      <span className={`${classes.fact} ${classes.store}`}>
        <IconBuildingStore size={15} aria-hidden />
        <span className={classes.clip}>{store?.name ?? t('status.allStores')}</span>
      </span>
      <AskPin />
      <PasswordAgain />
      <PersonMenu />
    </section>
  );
}

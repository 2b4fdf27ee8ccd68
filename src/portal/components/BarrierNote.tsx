import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Barrier } from '../session.tsx';
import classes from './BarrierNote.module.css';

/** Why what follows is disabled; the disabled things point to it with `aria-describedby`. */
export function BarrierNote({ barrier, id }: { barrier: Barrier; id: string }) {
  const { t } = useTranslation('common');
  if (barrier === null) return null;
  return (
    <p id={id} className={classes.note}>
      <IconLock size={16} aria-hidden />
      <span>{t(barrier)}</span>
    </p>
  );
}

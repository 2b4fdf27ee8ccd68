import { IconCloudOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../connection.ts';
import { useFormat } from '../format.ts';
import classes from './Offline.module.css';

/** Says that there is no line and how old is what is shown; asks for everything anew once the line is back. */
export function Offline() {
  const { t } = useTranslation('common');
  const { online, asOf } = useConnection();
  const { moment } = useFormat();
  const queryClient = useQueryClient();
  useEffect(() => {
    const refresh = () => void queryClient.invalidateQueries();
    addEventListener('online', refresh);
    return () => removeEventListener('online', refresh);
  }, [queryClient]);
  return (
    <div role="status">
      {!online && (
        <p className={classes.notice} data-old={asOf?.toISOString()}>
          <IconCloudOff size={20} aria-hidden />
          <span>{asOf === null ? t('offline.nothing') : t('offline.asOf', { at: moment(asOf, new Date()) })}</span>
        </p>
      )}
    </div>
  );
}

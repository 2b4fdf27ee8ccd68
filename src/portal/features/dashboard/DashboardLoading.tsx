import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Dashboard.module.css';

/** The shape of the first screen while its answer is on the way. */
export function DashboardLoading() {
  const { t } = useTranslation('dashboard');
  return (
    <div aria-busy="true">
      <span className="visually-hidden" role="status">
        {t('loading')}
      </span>
      <div className={classes.columns}>
        <div>
          <Skeleton height={23} width={140} mb="sm" />
          <Skeleton height={292} radius="lg" />
        </div>
        <Skeleton height={292} radius="lg" />
      </div>
    </div>
  );
}

import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './CataloguePage.module.css';

const cards = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Cards of the right size while the catalogue is on its way. */
export function ProductSkeletons() {
  const { t } = useTranslation('common');
  return (
    <div className={classes.grid} role="status" aria-label={t('loading')}>
      {cards.map((card) => (
        <div key={card} className={classes.card}>
          <Skeleton height={12} width="30%" />
          <Skeleton height={18} width="75%" mt={14} />
          <Skeleton height={12} width="90%" mt={12} />
          <Skeleton height={26} width="40%" mt="auto" />
          <Skeleton height={36} mt={24} />
        </div>
      ))}
    </div>
  );
}

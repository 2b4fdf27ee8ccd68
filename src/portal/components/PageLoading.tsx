import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A page whose file is on its way. */
export function PageLoading() {
  const { t } = useTranslation('common');
  return (
    <div aria-busy="true">
      <span className="visually-hidden" role="status">
        {t('loading')}
      </span>
      <Skeleton height={31} width={200} mb={20} />
      <Skeleton height={160} radius="lg" mb="md" />
      <Skeleton height={160} radius="lg" />
    </div>
  );
}

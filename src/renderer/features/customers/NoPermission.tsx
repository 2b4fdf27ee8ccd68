import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';

/** A page that this person's role does not open. */
export function NoPermission({ title }: { title: string }) {
  const { t } = useTranslation('errors');
  return (
    <>
      <PageHeader title={title} />
      <EmptyState
        icon={<IconLock size={24} />}
        title={t('forbidden.title')}
        text={`${t('forbidden.meaning')} ${t('forbidden.advice')}`}
      />
    </>
  );
}

import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Customer } from '#core/domain/customer.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { deskQuery } from '../../desk.ts';
import { ActivityList } from './ActivityList.tsx';

/** Everything that happened to this customer, page after page. */
export function ActivityTab({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers');
  const query = useInfiniteQuery(
    deskQuery.customers.activity.infiniteOptions({
      input: (cursor: string | undefined) => ({ id: customer.id, cursor, limit: 50 }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  if (query.error) return <ReadError what="activity" error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <LoadingRows headOffice="activity" label={t('activity.loading')} />;
  const entries = query.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) return <EmptyState icon={<IconHistory size={24} />} title={t('activity.none')} />;
  return (
    <>
      <ActivityList entries={entries} />
      {query.hasNextPage && (
        <Button variant="default" mt="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('activity.older')}
        </Button>
      )}
    </>
  );
}

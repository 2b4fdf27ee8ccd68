import { Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportRow } from '#core/contract/central/inventory.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { type Column, VirtualTable } from '../../components/VirtualTable.tsx';
import { deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';

const PAGE = 200;

function useRowColumns(): Column<ImportRow>[] {
  const { t } = useTranslation('inventory');
  const format = useFormat();
  return [
    {
      key: 'line',
      header: t('import.line'),
      width: '100px',
      cell: ({ line }) => <span className="tabular">{format.number(line)}</span>,
    },
    { key: 'label', header: t('column.label'), width: 'minmax(0, 1fr)', cell: ({ label }) => label ?? '–' },
    {
      key: 'outcome',
      header: t('import.outcome'),
      width: 'minmax(0, 2.4fr)',
      cell: ({ outcome, error }) =>
        error === null ? (
          t(`import.filter.${outcome}`)
        ) : (
          <Text span size="sm" title={error.value ?? undefined}>
            {t(`import.error.${error.code}`, {
              field: error.field ?? '',
              value: error.value ?? '',
              defaultValue: error.code,
            })}
          </Text>
        ),
    },
  ];
}

/** The answer to each row of a file, read a page at a time however many there are. */
export function ImportRows({ id, outcome }: { id: number; outcome?: ImportRow['outcome'] }) {
  const { t } = useTranslation('inventory');
  const columns = useRowColumns();
  const rows = useInfiniteQuery(
    deskQuery.inventory.importRows.infiniteOptions({
      input: (cursor: string | undefined) => ({ id, outcome, limit: PAGE, cursor }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  if (rows.isPending) return <LoadingRows headOffice="imports" rows={4} height={44} />;
  if (rows.isError) return <ReadError what="imports" error={rows.error} onRetry={() => void rows.refetch()} />;
  const all = rows.data.pages.flatMap(({ items }) => items);
  if (all.length === 0) return <EmptyState title={t('import.noRows')} />;
  return (
    <VirtualTable
      label={t('import.rows')}
      rows={all}
      columns={columns}
      rowKey={({ line }) => line}
      rowHeight={44}
      height={`min(${all.length * 44 + 1}px, 420px)`}
      onEndReached={() => rows.hasNextPage && !rows.isFetching && void rows.fetchNextPage()}
      stale={rows.isPlaceholderData}
    />
  );
}

import { Button, Stack } from '@mantine/core';
import { IconBarcode, IconFileImport, IconPackage } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FirstSync } from '../../components/FirstSync.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { useCan, useUser } from '../../session.tsx';
import { ItemFilters } from './ItemFilters.tsx';
import { useItemColumns } from './item-columns.tsx';
import { type ItemFilter, useItems } from './use-items.ts';

/** The stock: everything the shop has, has held and has given out. */
export function InventoryPage() {
  const { t } = useTranslation('inventory');
  const mayStock = useCan('create_inventory');
  const { store } = useUser();
  const [filter, setFilter] = useState<ItemFilter>({ template: null, status: null, storeId: store?.id ?? null, q: '' });
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          mayStock && (
            <>
              <Button
                component={Link}
                href="/inventory/imports"
                variant="default"
                leftSection={<IconFileImport size={16} />}
              >
                {t('import.action')}
              </Button>
              <Button component={Link} href="/inventory/receive" leftSection={<IconBarcode size={16} />}>
                {t('receive.action')}
              </Button>
            </>
          )
        }
      />
      <Stack gap="md">
        <ItemFilters filter={filter} onChange={setFilter} />
        <Items filter={filter} onClear={() => setFilter({ template: null, status: null, storeId: null, q: '' })} />
      </Stack>
    </>
  );
}

function Items({ filter, onClear }: { filter: ItemFilter; onClear: () => void }) {
  const { t } = useTranslation('inventory');
  const [, navigate] = useLocation();
  const columns = useItemColumns();
  const items = useItems(filter);
  if (items.isPending) return <LoadingRows label={t('loading')} />;
  const rows = items.data?.pages.flatMap((page) => page.items) ?? [];
  const broken = items.isError && (
    <ReadError what="inventory" error={items.error} onRetry={() => void items.refetch()} />
  );
  if (rows.length === 0) return broken || <NoItems filter={filter} onClear={onClear} />;
  return (
    <>
      {broken}
      <VirtualTable
        label={t('title')}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => navigate(`/inventory/items/${id}`)}
        onEndReached={() => items.hasNextPage && !items.isFetching && void items.fetchNextPage()}
        stale={items.isPlaceholderData}
      />
    </>
  );
}

function NoItems({ filter, onClear }: { filter: ItemFilter; onClear: () => void }) {
  const { t } = useTranslation('inventory');
  const filtered = filter.q !== '' || filter.template !== null || filter.status !== null || filter.storeId !== null;
  const nothing = (
    <EmptyState
      icon={<IconPackage size={28} />}
      title={filtered ? t('noMatch') : t('empty')}
      text={filtered ? t('noMatchText') : t('emptyText')}
      action={
        filtered && (
          <Button variant="default" onClick={onClear}>
            {t('clearFilters')}
          </Button>
        )
      }
    />
  );
  return <FirstSync otherwise={nothing} />;
}

import { IconPackage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Customer } from '#core/domain/customer.ts';
import type { Item } from '#core/domain/inventory.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { useTemplateName } from '../../components/use-template-name.ts';
import { type Column, VirtualTable } from '../../components/VirtualTable.tsx';
import { deskQuery } from '../../desk.ts';
import { useCan } from '../../session.tsx';
import { useIdentifierWords } from './use-identifier-words.ts';

/** What of the shop's inventory is in this customer's hands. */
export function ItemsTab({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers');
  const [, navigate] = useLocation();
  const mayOpen = useCan('view_inventory');
  const columns = useItemColumns();
  const { data, error, refetch } = useQuery(
    deskQuery.customers.items.queryOptions({ input: { id: customer.id, limit: 500 } }),
  );
  if (error) return <ReadError what="items" error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows label={t('items.loading')} />;
  if (data.items.length === 0) {
    return <EmptyState icon={<IconPackage size={24} />} title={t('items.none')} text={t('items.noneText')} />;
  }
  return (
    <VirtualTable
      label={t('tabs.inventory')}
      rows={data.items}
      columns={columns}
      rowKey={({ id }) => id}
      onOpen={mayOpen ? ({ id }) => navigate(`/inventory/items/${id}`) : undefined}
    />
  );
}

function useItemColumns(): Column<Item>[] {
  const { t } = useTranslation('customers');
  const words = useIdentifierWords();
  const nameOf = useTemplateName();
  return [
    {
      key: 'kind',
      header: t('items.kind'),
      width: 'minmax(0, 1fr)',
      cell: ({ template, templateName }) => nameOf(template, templateName),
    },
    { key: 'label', header: t('items.label'), width: 'minmax(0, 1fr)', cell: ({ label }) => label },
    {
      key: 'identifier',
      header: t('items.identifier'),
      width: 'minmax(0, 1.6fr)',
      cell: ({ identifiers }) => words(identifiers)[0]?.value ?? '',
    },
    {
      key: 'status',
      header: t('columns.status'),
      width: '130px',
      cell: ({ status }) => <StatusMark kind="item" status={status} look="plain" />,
    },
  ];
}

import { Button, Group, SegmentedControl } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { type Customer, customerTypeSchema } from '#core/domain/customer.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { FirstSync } from '../../components/FirstSync.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { mainAct } from '../../frame/use-route-focus.ts';
import { useCan } from '../../session.tsx';
import { useCustomerColumns } from './customer-columns.tsx';
import { NoCustomer } from './NoCustomer.tsx';
import { useCustomers } from './use-customers.ts';

/** Everybody the shop serves, found by name, id, e-mail or phone. Enter in the search field opens the first. */
export function CustomersPage() {
  const { t } = useTranslation('customers');
  const [, navigate] = useLocation();
  const [text, setText] = useState('');
  const [type, setType] = useState<string>('all');
  const wantedType = customerTypeSchema.safeParse(type).data;
  const list = useCustomers(text, wantedType);
  const columns = useCustomerColumns();
  const open = ({ id }: Customer) => navigate(`/customers/${id}`);
  const onKeyDown = (event: KeyboardEvent) => {
    const [first] = list.rows;
    if (event.key === 'Enter' && first && !list.isPlaceholderData) open(first);
    if (event.key === 'ArrowDown') document.querySelector<HTMLElement>('main [data-index="0"]')?.focus();
  };
  return (
    <>
      <PageHeader title={t('list.title')} actions={<NewButton />} />
      <Group gap="sm" mb="md">
        <SearchField
          {...mainAct}
          label={t('list.search')}
          placeholder={t('list.searchHint')}
          value={text}
          onSearch={setText}
          loading={list.isFetching && !list.isFetchingNextPage && text !== ''}
          onKeyDown={onKeyDown}
          w={420}
          maw="100%"
        />
        <SegmentedControl
          value={type}
          onChange={setType}
          aria-label={t('list.type')}
          data={[
            { value: 'all', label: t('list.all') },
            { value: 'individual', label: t('list.individuals') },
            { value: 'business', label: t('list.businesses') },
          ]}
        />
      </Group>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && !list.error && <LoadingRows rows={10} />}
      {list.data && list.rows.length === 0 && <FirstSync otherwise={<NoCustomer text={text} />} />}
      {list.rows.length > 0 && (
        <VirtualTable
          label={t('list.title')}
          rows={list.rows}
          columns={columns}
          rowKey={({ id }) => id}
          onOpen={open}
          onEndReached={() => {
            if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
          }}
          stale={list.isPlaceholderData}
        />
      )}
    </>
  );
}

function NewButton() {
  const { t } = useTranslation('customers');
  return useCan('create_customer') ? (
    <Button component={Link} href="/customers/new" leftSection={<IconUserPlus size={16} aria-hidden />}>
      {t('list.new')}
    </Button>
  ) : null;
}

import { Button } from '@mantine/core';
import { IconMapPin, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Customer } from '#core/domain/customer.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ListPanel, ListRow } from '../../components/ListPanel.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { deskQuery } from '../../desk.ts';
import { useCan } from '../../session.tsx';
import { AddSite } from './AddSite.tsx';

/** Where services are installed (BZ-1). */
export function SitesTab({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers');
  const [adding, setAdding] = useState(false);
  const mayEdit = useCan('edit_customer');
  const { data, error, refetch } = useQuery(
    deskQuery.customers.sites.queryOptions({ input: { id: customer.id, limit: 500 } }),
  );
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows label={t('sites.loading')} />;
  const add = mayEdit && (
    <Button
      size="compact-md"
      variant="light"
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={() => setAdding(true)}
    >
      {t('sites.add')}
    </Button>
  );
  return (
    <>
      {data.items.length === 0 ? (
        <EmptyState icon={<IconMapPin size={24} />} title={t('sites.none')} text={t('sites.noneText')} action={add} />
      ) : (
        <ListPanel title={t('sites.title')} count={data.items.length} actions={add}>
          {data.items.map(({ id, name, address }) => (
            <ListRow
              key={id}
              mark={<IconMapPin size={18} stroke={1.7} aria-hidden />}
              title={<bdi>{name}</bdi>}
              detail={<bdi>{address}</bdi>}
            />
          ))}
        </ListPanel>
      )}
      <AddSite customerId={customer.id} opened={adding} onClose={() => setAdding(false)} />
    </>
  );
}

import { Anchor, Group, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { deskQuery } from '../../desk.ts';
import { ActivityList } from './ActivityList.tsx';

/** The last few things that happened, with the way to all of them. */
export function RecentActivity({ customerId }: { customerId: number }) {
  const { t } = useTranslation('customers');
  const { data } = useQuery(deskQuery.customers.activity.queryOptions({ input: { id: customerId, limit: 4 } }));
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-label={t('activity.recent')}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h3">
          {t('activity.recent')}
        </Title>
        <Anchor component={Link} href={`/customers/${customerId}/activity`} size="sm">
          {t('activity.all')}
        </Anchor>
      </Group>
      <ActivityList entries={data.items} compact />
    </section>
  );
}

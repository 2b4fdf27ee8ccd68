import { Stack } from '@mantine/core';
import { IconScan } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ListPanel } from '../../components/ListPanel.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { deskQuery } from '../../desk.ts';
import { DeviceRow } from './DeviceRow.tsx';
import classes from './devices.module.css';
import { SerialPanel } from './SerialPanel.tsx';
import { WedgePanel } from './WedgePanel.tsx';

/** Every reader of this desk, live: what it does, what it lacks, and a test that shows what it reads. */
export function DevicesPage() {
  const { t } = useTranslation('devices');
  const devices = useQuery(deskQuery.devices.list.queryOptions({ refetchInterval: 10_000 }));
  const settings = useQuery(deskQuery.devices.settings.queryOptions());
  const used = devices.data?.filter(({ state }) => state !== 'available') ?? [];
  const ports = devices.data?.filter(({ state }) => state === 'available') ?? [];
  return (
    <div className={classes.page}>
      <PageHeader title={t('title')} subtitle={t('subtitle')} back={{ href: '/settings', label: t('settings') }} />
      {devices.error && <ErrorNotice error={devices.error} onRetry={() => void devices.refetch()} />}
      {devices.isPending && <LoadingRows rows={3} height={84} />}
      {devices.data && (
        <ListPanel title={t('connected')} count={used.length}>
          {used.length === 0 ? (
            <EmptyState
              icon={<IconScan size={24} />}
              title={t('none.title')}
              causes={[t('none.plug'), t('none.serial'), t('none.wedge')]}
            />
          ) : (
            used.map((device) => <DeviceRow key={device.id} device={device} />)
          )}
        </ListPanel>
      )}
      {settings.error && <ErrorNotice error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && (
        <Stack gap="lg">
          <WedgePanel settings={settings.data} />
          <SerialPanel settings={settings.data} ports={ports} />
        </Stack>
      )}
    </div>
  );
}

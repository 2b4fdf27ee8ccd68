import { Anchor, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangleFilled, IconDeviceSim } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { DeviceStatus } from '#core/scan/schema.ts';
import { DeviceMark } from '../components/DeviceMark.tsx';
import { useDeviceName } from '../components/use-device-name.ts';
import { deskQuery } from '../desk.ts';
import classes from './StatusBar.module.css';

const broken = new Set<DeviceStatus['state']>(['failed', 'missing', 'service_missing']);

/** The readers in one line; the one that needs something is named first. */
export function DevicesState() {
  const { t } = useTranslation('frame');
  const nameOf = useDeviceName();
  const [opened, setOpened] = useState(false);
  const { data: devices = [] } = useQuery(deskQuery.devices.list.queryOptions());
  const used = devices.filter(({ state }) => state !== 'available');
  const failing = used.find(
    ({ state, source }) => broken.has(state) && !(state === 'service_missing' && source === 'pcsc'),
  );
  const ready = used.filter(({ state }) => state === 'ready' || state === 'busy');
  const words = failing
    ? t('devices.failing', { name: nameOf(failing) })
    : ready.length === 1 && ready[0]
      ? t('devices.one', { name: nameOf(ready[0]) })
      : t('devices.ready', { count: ready.length });
  return (
    <Popover position="top-start" width={340} opened={opened} onChange={setOpened}>
      <Popover.Target>
        <UnstyledButton
          className={classes.fact}
          data-tone={failing ? 'warn' : undefined}
          onClick={() => setOpened((was) => !was)}
        >
          {failing ? <IconAlertTriangleFilled size={14} aria-hidden /> : <IconDeviceSim size={15} aria-hidden />}
          <span className={classes.clip}>{words}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {used.map((device) => (
            <div key={device.id} className={classes.device}>
              <Text size="sm" truncate>
                {nameOf(device)}
              </Text>
              <DeviceMark state={device.state} />
            </div>
          ))}
          {used.length === 0 && <Text size="sm">{t('devices.none')}</Text>}
          <Anchor component={Link} href="/devices" size="sm" onClick={() => setOpened(false)}>
            {t('devices.open')}
          </Anchor>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

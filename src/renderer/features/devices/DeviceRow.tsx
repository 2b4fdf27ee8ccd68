import { Button } from '@mantine/core';
import {
  IconBarcode,
  IconCreditCard,
  IconDeviceSim,
  IconKeyboard,
  IconRouter,
  type TablerIcon,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DeviceStatus, DeviceTestResult, ScanSource } from '#core/scan/schema.ts';
import { useNow } from '../../clock.ts';
import { DeviceMark } from '../../components/DeviceMark.tsx';
import { Technical } from '../../components/ErrorNotice.tsx';
import { useDeviceName } from '../../components/use-device-name.ts';
import { deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';
import { useNotify } from '../../notify.tsx';
import classes from './devices.module.css';
import { useScanWords } from './use-scan-words.ts';

const icons: Record<ScanSource, TablerIcon> = {
  wedge: IconKeyboard,
  serial: IconBarcode,
  modem: IconRouter,
  pcsc: IconDeviceSim,
};

/** One device, live: state, card, last scan; what is wrong in words with what to do; a test. */
export function DeviceRow({ device }: { device: DeviceStatus }) {
  const { t } = useTranslation('devices');
  const notify = useNotify();
  const name = useDeviceName()(device);
  const test = useMutation(deskQuery.devices.test.mutationOptions({ onError: notify.error }));
  const Icon = icons[device.source];
  return (
    <div className={classes.device}>
      <Icon size={20} stroke={1.6} className={classes.icon} aria-hidden />
      <div>
        <div className={classes.name}>
          <bdi className={classes.nameText}>{name}</bdi>
          <DeviceMark state={device.state} />
        </div>
        <DeviceFacts device={device} />
        {device.problem && (
          <div className={classes.problem}>
            <div>{t(`problem.${device.problem}.text`)}</div>
            <div>{t(`problem.${device.problem}.advice`)}</div>
            {device.detail && <Technical text={device.detail} number={null} />}
          </div>
        )}
        <TestResult waiting={test.isPending} source={device.source} result={test.data} />
      </div>
      <Button
        variant="default"
        size="compact-md"
        loading={test.isPending}
        disabled={device.state !== 'ready'}
        aria-label={t('testOf', { name })}
        onClick={() => test.mutate({ deviceId: device.id })}
      >
        {t('test')}
      </Button>
    </div>
  );
}

function DeviceFacts({ device }: { device: DeviceStatus }) {
  const { t } = useTranslation('devices');
  const { relative, iccid } = useFormat();
  const now = useNow(15_000);
  const { card } = device;
  const facts = [
    t(`source.${device.source}`),
    device.path,
    card && (card.iccid ? t('card.read', { iccid: iccid(card.iccid) }) : t(`card.${card.state}`)),
    device.lastScanAt && t('lastScan', { when: relative(device.lastScanAt, now) }),
  ];
  return (
    <div className={classes.facts}>
      {card?.state === 'read' && <IconCreditCard size={14} aria-hidden />} {facts.filter(Boolean).join(' · ')}
    </div>
  );
}

interface TestResultProps {
  waiting: boolean;
  source: ScanSource;
  result: DeviceTestResult | undefined;
}

function TestResult({ waiting, source, result }: TestResultProps) {
  const { t } = useTranslation('devices');
  const words = useScanWords();
  if (waiting)
    return (
      <p className={classes.result}>{t(source === 'pcsc' || source === 'modem' ? 'testing.card' : 'testing.scan')}</p>
    );
  if (result === undefined) return null;
  return (
    <p className={classes.result} role="status" data-ok={result.ok || undefined} data-failed={!result.ok || undefined}>
      {result.ok ? t('tested', { what: words(result.scan.value) }) : t(`testFailed.${result.reason}`)}
    </p>
  );
}

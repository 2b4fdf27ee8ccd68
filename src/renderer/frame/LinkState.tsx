import { Text } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleCheckFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMachineNow } from '../clock.ts';
import { ToneMark } from '../components/ToneMark.tsx';
import { useFormat } from '../format.tsx';
import { useHostState } from '../host-link.ts';
import { linkTone, unsent } from '../work/facts.ts';
import { useEnrolment, useLink, useSyncState } from '../work/use-work.ts';
import { LongOrShort } from './LongOrShort.tsx';
import classes from './StatusBar.module.css';
import { StatusFact } from './StatusFact.tsx';

/** Whether central answers, since when, and what that means for the work. Never green while work waits. */
export function LinkState() {
  const { t } = useTranslation('frame');
  const { t: tWork } = useTranslation('work');
  const { dateTime, moment } = useFormat();
  const link = useLink();
  const sync = useSyncState();
  const enrolment = useEnrolment()?.state;
  const now = useMachineNow(60_000);
  if (useHostState() === 'gone') return <span className={classes.fact}>{t('link.unknown')}</span>;
  if (link === undefined) return <span className={classes.fact} />;
  const tone = linkTone(link, sync, enrolment);
  const icon = { online: IconCircleCheckFilled, offline: IconAlertTriangleFilled, connecting: undefined }[link.state];
  const words =
    link.state === 'offline' ? (
      <LongOrShort
        long={tWork('link.offline', { since: moment(link.since, now) })}
        short={tWork('link.offlineShort')}
      />
    ) : (
      tWork(`link.${link.state}`)
    );
  return (
    <StatusFact
      mark={
        <ToneMark tone={tone} icon={icon}>
          {words}
        </ToneMark>
      }
    >
      {() => (
        <>
          <Text size="sm" fw={600}>
            {t(`link.${link.state}.title`)}
          </Text>
          <Text size="sm">{meaning()}</Text>
          <Text size="xs" c="dimmed">
            {t('link.since', { since: dateTime(link.since) })}
          </Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('link.central', { url: link.centralUrl })}
          </Text>
          {link.error && (
            <Text size="xs" c="dimmed" ff="monospace">
              {link.error}
            </Text>
          )}
        </>
      )}
    </StatusFact>
  );

  function meaning(): string {
    if (link?.state === 'offline') return tWork(enrolment === 'enrolled' ? 'linkDetail.works' : 'linkDetail.needs');
    if (link?.state === 'online' && sync !== undefined && unsent(sync.outbox) > 0) return tWork('linkDetail.waits');
    return t(`link.${link?.state ?? 'connecting'}.text`);
  }
}

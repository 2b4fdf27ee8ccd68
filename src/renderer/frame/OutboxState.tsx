import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useMachineNow } from '../clock.ts';
import { ToneMark } from '../components/ToneMark.tsx';
import { useFormat } from '../format.tsx';
import { outboxFact, showsOutbox } from '../work/facts.ts';
import { useEnrolment, useIsOffline, useSyncState } from '../work/use-work.ts';
import { LongOrShort } from './LongOrShort.tsx';
import classes from './StatusBar.module.css';

const MINUTE_MS = 60_000;

/** How much work head office does not have yet and how old it is; leads to the outbox. */
export function OutboxState() {
  const { t } = useTranslation('work');
  const { age } = useFormat();
  const sync = useSyncState();
  const enrolment = useEnrolment();
  const isOffline = useIsOffline();
  const now = useMachineNow();
  if (sync === undefined || enrolment === undefined || !showsOutbox(sync, enrolment.state)) return null;
  const { waiting, refused, oldest } = sync.outbox;
  const [tone, key] = outboxFact(sync.outbox, isOffline);
  const short = {
    allSent: () => t('outbox.allSent'),
    waiting: () => t('outbox.waiting', { count: waiting }),
    refused: () => t('outbox.refused', { count: refused }),
  }[key]();
  const both = key === 'refused' && waiting > 0 ? `${short}, ${t('outbox.waiting', { count: waiting })}` : short;
  const old = oldest === null ? 0 : now.getTime() - new Date(oldest).getTime();
  const long = old < MINUTE_MS ? both : t('outbox.oldest', { words: both, age: age(old) });
  return (
    <Link href="/outbox" className={classes.fact} data-testid="outbox-state">
      <ToneMark tone={tone}>
        <LongOrShort long={long} short={short} />
      </ToneMark>
    </Link>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { UsageEntry, UsageOfType } from '#core/domain/charging.ts';
import { portal } from '../../api.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { More } from '../../components/More.tsx';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format.ts';
import { useAmounts } from '../balances/use-amounts.ts';
import classes from './usage.module.css';

const AT_ONCE = 10;

interface RecordsProps {
  readonly serviceId: number;
  readonly of: UsageOfType;
  readonly currency: string;
}

/** Single calls, sessions and messages, newest first. */
export function Records({ serviceId, of, currency }: RecordsProps) {
  const { t } = useTranslation('usage');
  const { type } = of;
  const records = useInfiniteQuery(
    portal.services.usageRecords.infiniteOptions({
      input: (cursor: string | undefined) => ({ id: serviceId, type, limit: AT_ONCE, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <Section title={t(`records.${type}`)} intro={type === 'voice' || type === 'sms' ? t('records.hidden') : undefined}>
      <Loaded query={records} height={280}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items);
          if (entries.length === 0) return <p className={classes.quiet}>{t('records.none')}</p>;
          return (
            <>
              <ul className={classes.records}>
                {entries.map((entry) => (
                  <RecordLine key={entry.id} entry={entry} of={of} currency={currency} />
                ))}
              </ul>
              <More query={records}>{t('records.more')}</More>
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function RecordLine({ entry, of, currency }: { entry: UsageEntry; of: UsageOfType; currency: string }) {
  const { t } = useTranslation('usage');
  const { dateTime } = useFormat();
  const { exactOf } = useAmounts(currency);
  const where = t(`destination.${entry.destination}`);
  return (
    <li className={classes.record}>
      <div>
        <p className={classes.strong}>{entry.peer ?? where}</p>
        <p className={classes.small}>
          <time dateTime={entry.at}>{dateTime(entry.at)}</time>
          {entry.peer !== null && <> · {where}</>}
        </p>
      </div>
      <span className="tabular">{exactOf(of.unit, entry.quantity)}</span>
    </li>
  );
}

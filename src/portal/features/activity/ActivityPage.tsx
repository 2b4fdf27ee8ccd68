import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { portal } from '../../api.ts';
import { Empty } from '../../components/Empty.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { More } from '../../components/More.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format.ts';
import { ActivityEntry } from './ActivityEntry.tsx';
import classes from './ActivityPage.module.css';
import { type ActivityDay, dayKey, groupByDay } from './days.ts';

const AT_ONCE = 30;

/** What happened to the account, newest first, by day; who looked in from the operator's side shows too. */
export function ActivityPage() {
  const { t } = useTranslation('activity');
  const activity = useInfiniteQuery(
    portal.activity.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: AT_ONCE, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <Page title={t('title')} intro={t('intro')}>
      <Loaded query={activity} height={420}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items);
          if (entries.length === 0) return <Empty title={t('none')} text={t('noneText')} />;
          return (
            <>
              {groupByDay(entries).map((day) => (
                <Day key={day.key} day={day} />
              ))}
              <More query={activity}>{t('more')}</More>
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Day({ day }: { day: ActivityDay }) {
  const { t } = useTranslation('activity');
  const { weekday, date } = useFormat();
  const now = new Date();
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  const isThisYear = new Date(day.at).getFullYear() === now.getFullYear();
  const written = isThisYear ? weekday(day.at) : date(day.at);
  const title = day.key === dayKey(now) ? t('today') : day.key === dayKey(yesterday) ? t('yesterday') : written;
  return (
    <Section title={title}>
      <ul className={classes.list}>
        {day.entries.map((entry) => (
          <ActivityEntry key={entry.id} entry={entry} />
        ))}
      </ul>
    </Section>
  );
}

import { Skeleton } from '@mantine/core';
import { Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useTranslation } from 'react-i18next';
import type { UsageOfType } from '#core/domain/charging.ts';
import { Part } from '../../components/Part.tsx';
import { Section } from '../../components/Section.tsx';
import { WhenNear } from '../../components/WhenNear.tsx';
import { useAmounts, useDays } from '../balances/use-amounts.ts';
import { summaryOf } from './chart-scale.ts';
import classes from './usage.module.css';

const CHART_HEIGHT = 240;
const daysChart = async () => (await import('./DaysChart.tsx')).DaysChart;

interface LastDaysProps {
  readonly of: UsageOfType;
  readonly currency: string;
}

/** The last 30 days as a chart, in a sentence, and as a table of the same numbers. */
export function LastDays({ of, currency }: LastDaysProps) {
  const { t } = useTranslation('usage');
  const { exactOf } = useAmounts(currency);
  const { day } = useDays();
  const summary = summaryOf(of.days);
  if (summary === null) {
    return (
      <Section title={t('chart.title')}>
        <p className={classes.quiet}>{t('chart.none')}</p>
      </Section>
    );
  }
  const { sum, highest } = summary;
  return (
    <Section
      title={t('chart.title')}
      intro={t('chart.summary', {
        ...{ sum: exactOf(of.unit, sum), day: day(highest.day), highest: exactOf(of.unit, highest.quantity) },
      })}
    >
      {/* Its file may not come over a bad line: the numbers are there without it. */}
      <ErrorBoundary fallback={<p className={classes.quiet}>{t('chart.failed')}</p>}>
        <WhenNear height={CHART_HEIGHT}>
          <Suspense fallback={<Skeleton height={CHART_HEIGHT} />}>
            <Part load={daysChart} props={{ of, currency }} />
          </Suspense>
        </WhenNear>
      </ErrorBoundary>
      <details className={classes.details}>
        <summary>{t('chart.table')}</summary>
        <DaysTable of={of} currency={currency} />
      </details>
    </Section>
  );
}

function DaysTable({ of, currency }: LastDaysProps) {
  const { t } = useTranslation('usage');
  const { exactOf } = useAmounts(currency);
  const { day } = useDays();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('chart.day')}</th>
          <th scope="col" className={classes.number}>
            {t('chart.used')}
          </th>
        </tr>
      </thead>
      <tbody>
        {of.days.toReversed().map((each) => (
          <tr key={each.day}>
            <th scope="row">{day(each.day)}</th>
            <td className={classes.number}>{exactOf(of.unit, each.quantity)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import '@mantine/charts/styles.layer.css';
import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { UsageOfType } from '#core/domain/charging.ts';
import { useFormat } from '../../format.ts';
import { useAmounts, useDays } from '../balances/use-amounts.ts';
import { pointsOf, scaleOf } from './chart-scale.ts';
import classes from './usage.module.css';

/** Bars of the last days. The table below has the same numbers, so the drawing itself is one picture to a screen reader. */
export function DaysChart({ of, currency }: { of: UsageOfType; currency: string }) {
  const { t } = useTranslation('usage');
  const { number } = useFormat();
  const { exactOf } = useAmounts(currency);
  const { day, shortDay } = useDays();
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
  const scale = scaleOf(of, digits);
  const unit = t(`chart.unit.${scale.unit}`, { currency });
  return (
    <figure className={classes.chart} role="img" aria-label={t('chart.label', { unit })}>
      <p className={classes.axis} aria-hidden>
        {unit}
      </p>
      <div aria-hidden>
        <BarChart
          h={220}
          data={pointsOf(of.days, scale)}
          dataKey="day"
          series={[{ name: 'value', label: t('chart.used'), color: 'var(--p-accent)' }]}
          gridAxis="y"
          tickLine="none"
          barChartProps={{ accessibilityLayer: false }}
          barProps={{ isAnimationActive: false, radius: [3, 3, 0, 0] }}
          xAxisProps={{ tickFormatter: (each: string) => shortDay(each), minTickGap: 24 }}
          yAxisProps={{ width: 48, tickFormatter: (value: number) => number(value) }}
          valueFormatter={(value) => exactOf(of.unit, Math.round(value * scale.divide))}
          // Between two bars there is no day.
          tooltipProps={{ labelFormatter: (label) => (typeof label === 'string' && label !== '' ? day(label) : '') }}
        />
      </div>
    </figure>
  );
}

import type { UsageOfType } from '#core/domain/charging.ts';

const KILO = 1000;
const dataUnits = [
  { unit: 'gigabyte', divide: KILO ** 3 },
  { unit: 'megabyte', divide: KILO ** 2 },
  { unit: 'kilobyte', divide: KILO },
] as const;

export interface ChartScale {
  readonly unit: 'gigabyte' | 'megabyte' | 'kilobyte' | 'minute' | 'message' | 'money';
  /** What a quantity is divided by to be drawn. */
  readonly divide: number;
}

/** One unit for a whole chart, such that its highest day is a number people can say. */
export function scaleOf({ unit, days }: Pick<UsageOfType, 'unit' | 'days'>, minorDigits = 2): ChartScale {
  if (unit === 'second') return { unit: 'minute', divide: 60 };
  if (unit === 'message') return { unit: 'message', divide: 1 };
  if (unit === 'minor_unit') return { unit: 'money', divide: 10 ** minorDigits };
  const highest = Math.max(0, ...days.map(({ quantity }) => quantity));
  return dataUnits.find(({ divide }) => highest >= divide) ?? dataUnits[1];
}

/** Days as the chart draws them. */
export function pointsOf(days: UsageOfType['days'], { divide }: ChartScale): { day: string; value: number }[] {
  return days.map(({ day, quantity }) => ({ day, value: Math.round((quantity / divide) * 100) / 100 }));
}

/** Sum of the days and the highest of them, for the sentence above the chart; null when nothing was used. */
export function summaryOf(days: UsageOfType['days']): { sum: number; highest: UsageOfType['days'][number] } | null {
  const sum = days.reduce((before, { quantity }) => before + quantity, 0);
  const [first, ...others] = days;
  if (first === undefined || sum === 0) return null;
  return { sum, highest: others.reduce((best, day) => (day.quantity > best.quantity ? day : best), first) };
}

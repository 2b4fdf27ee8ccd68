import type { z } from 'zod';
import type { periodSchema } from './product.ts';

export type Period = z.infer<typeof periodSchema>;

/** The instant one period later, by the calendar in UTC; the last day of a shorter month stays in that month. */
export function addPeriod(from: Date, period: Period): Date {
  return addPeriods(from, period, 1);
}

/** The instant `count` periods later. From the 31st on that is again the 31st wherever a month has one. */
export function addPeriods(from: Date, period: Period, count: number): Date {
  const to = new Date(from);
  if (period === 'day' || period === 'week') {
    to.setUTCDate(to.getUTCDate() + count * (period === 'day' ? 1 : 7));
    return to;
  }
  to.setUTCMonth(to.getUTCMonth() + count * (period === 'month' ? 1 : 12));
  // 31 January plus a month would be 3 March: back to the last day of February.
  if (to.getUTCDate() !== from.getUTCDate()) to.setUTCDate(0);
  return to;
}

const DAY_MS = 86_400_000;
const longestMs: Record<Period, number> = { day: DAY_MS, week: 7 * DAY_MS, month: 31 * DAY_MS, year: 366 * DAY_MS };

/**
 * When a period ends that began at `start`, of periods that count from `anchor`: a plan of the 31st ends on 28 February and
 * then on 31 March. Where `start` is none of the anchor's ends, one period later.
 */
export function periodEndAfter(anchor: Date, start: Date, period: Period): Date {
  let count = Math.max(0, Math.floor((start.getTime() - anchor.getTime()) / longestMs[period]));
  while (addPeriods(anchor, period, count) < start) count += 1;
  const isOfAnchor = addPeriods(anchor, period, count).getTime() === start.getTime();
  return isOfAnchor ? addPeriods(anchor, period, count + 1) : addPeriod(start, period);
}

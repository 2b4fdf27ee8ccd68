import type { z } from 'zod';
import type { periodSchema } from './product.ts';

export type Period = z.infer<typeof periodSchema>;

/** The instant one period later, by the calendar in UTC; the last day of a shorter month stays in that month. */
export function addPeriod(from: Date, period: Period): Date {
  const to = new Date(from);
  if (period === 'day' || period === 'week') {
    to.setUTCDate(to.getUTCDate() + (period === 'day' ? 1 : 7));
    return to;
  }
  to.setUTCMonth(to.getUTCMonth() + (period === 'month' ? 1 : 12));
  // 31 January plus a month would be 3 March: back to the last day of February.
  if (to.getUTCDate() !== from.getUTCDate()) to.setUTCDate(0);
  return to;
}

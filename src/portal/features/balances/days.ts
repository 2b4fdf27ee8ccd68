import { localeOf } from '#core/format/plain.ts';

/** Calendar days as people read them: days, not instants, so the reader's time zone does not move them. */
export interface Days {
  /** `22 Nov 2026`, of 2026-11-22. */
  day(day: string): string;
  /** `22 Nov`. */
  shortDay(day: string): string;
  /** `December 2027`; months count from 1. */
  month(year: number, month: number): string;
}

/** A pure function of the language. */
export function createDays(language: string): Days {
  const formatOf = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(localeOf(language), { timeZone: 'UTC', ...options });
  const whole = formatOf({ day: 'numeric', month: 'short', year: 'numeric' });
  const short = formatOf({ day: 'numeric', month: 'short' });
  const month = formatOf({ month: 'long', year: 'numeric' });
  return {
    day: (day) => whole.format(new Date(day)),
    shortDay: (day) => short.format(new Date(day)),
    month: (year, number) => month.format(new Date(Date.UTC(year, number - 1, 1))),
  };
}

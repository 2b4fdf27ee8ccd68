import { dateFormat, localeOf } from '#core/format/plain.ts';

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
  const shown = (day: string | number, options: Intl.DateTimeFormatOptions) =>
    dateFormat(localeOf(language), { timeZone: 'UTC', ...options }).format(new Date(day));
  return {
    day: (day) => shown(day, { day: 'numeric', month: 'short', year: 'numeric' }),
    shortDay: (day) => shown(day, { day: 'numeric', month: 'short' }),
    month: (year, number) => shown(Date.UTC(year, number - 1, 1), { month: 'long', year: 'numeric' }),
  };
}

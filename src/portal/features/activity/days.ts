import type { PortalActivity } from '#core/domain/portal.ts';
import { dateFormat } from '#core/format/plain.ts';

export interface ActivityDay {
  /** The first instant listed of the day: what its heading is made of. */
  readonly at: string;
  readonly key: string;
  readonly entries: readonly PortalActivity[];
}

/** The calendar day of an instant where the reader is, such as 2026-11-22. */
export function dayKey(instant: string | Date, timeZone?: string): string {
  const parts = dateFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(new Date(instant));
}

/** Entries by the reader's calendar day, in the order they come. */
export function groupByDay(entries: readonly PortalActivity[], timeZone?: string): ActivityDay[] {
  const days = new Map<string, PortalActivity[]>();
  for (const entry of entries) {
    const key = dayKey(entry.at, timeZone);
    const day = days.get(key);
    if (day) day.push(entry);
    else days.set(key, [entry]);
  }
  return [...days].map(([key, list]) => ({ key, at: list[0]?.at ?? '', entries: list }));
}

import { iccidDigits } from '#core/scan/iccid.ts';
import type { Format } from '../../../formatters.ts';

/** What a task works on, as people read it: an ICCID and a number in groups, anything else as it is. */
export function subjectText(subject: string, format: Pick<Format, 'iccid' | 'phone'>): string {
  const text = subject.trim();
  if (/^\d+$/.test(text) && iccidDigits(text) !== null) return format.iccid(text);
  return /^\+\d{6,15}$/.test(text) ? format.phone(text) : text;
}

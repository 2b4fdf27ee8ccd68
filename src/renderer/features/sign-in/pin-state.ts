import type { z } from 'zod';
import type { knownStaffSchema } from '#core/contract/desk/work.ts';

export type KnownStaff = z.infer<typeof knownStaffSchema>;

/** Why somebody known here can't unlock with a PIN now; null when they can. */
export function pinProblem(
  { hasPin, usableUntil, triesLeft }: Pick<KnownStaff, 'hasPin' | 'usableUntil' | 'triesLeft'>,
  now: Date,
): 'no_pin' | 'too_long_ago' | 'too_many_tries' | null {
  if (!hasPin) return 'no_pin';
  if (triesLeft <= 0) return 'too_many_tries';
  return new Date(usableUntil) <= now ? 'too_long_ago' : null;
}

export const PIN_LEAST = 6;
export const PIN_MOST = 12;

/** What a key does to the digits typed so far; null when it does nothing here. */
export function pinAfterKey(pin: string, key: string): string | null {
  if (/^\d$/.test(key)) return pin.length < PIN_MOST ? pin + key : pin;
  return key === 'Backspace' ? pin.slice(0, -1) : null;
}

import { pinSchema } from '#core/contract/desk/work.ts';

/** Keys of the words for what is wrong. */
export type PinWrong = 'length' | 'simple' | 'differs';

/** Why a PIN can't be taken; null when it can. */
export function wrongWithPin(pin: string): PinWrong | null {
  if (pinSchema.safeParse(pin).success) return null;
  return /^\d{6,12}$/.test(pin) ? 'simple' : 'length';
}

export function differs(pin: string, again: string): PinWrong | null {
  return pin === again ? null : 'differs';
}

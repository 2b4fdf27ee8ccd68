import { localeOf, numberFormat } from '#core/format/plain.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Amounts of balances as people read them in one language, besides those of `PlainFormat`. */
export interface Amounts {
  /** Whole minutes, and seconds below one: `120 mins`, `45 secs`. Rounded down: nobody is promised what is not there. */
  minutes(seconds: number): string;
  /** To the second, as a call is listed: `3 mins 12 secs`, `1 hr 5 mins`. */
  callTime(seconds: number): string;
  /** Minor units of a currency with their sign: `+£15.00`, `-£15.00`. */
  signed(amount: number, currency: string): string;
  /** `42%`, of a share from 0 to 1; 0 and 100 % only where it is exactly that. */
  share(share: number): string;
}

function signedIn(locale: string, amount: number, currency: string): string {
  const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol', signDisplay: 'exceptZero' } as const;
  const format = numberFormat(locale, options);
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** Shares next to nothing and next to all keep off 0 and 1, so that the words agree with what is there. */
function readable(share: number): number {
  if (share <= 0 || share >= 1) return Math.max(0, Math.min(1, share));
  return Math.max(0.01, Math.min(0.99, share));
}

/** A pure function of the language. */
export function createAmounts(language: string): Amounts {
  const locale = localeOf(language);
  const unit = (value: number, name: string) =>
    numberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  const parts = (first: string, rest: number, name: string) => (rest > 0 ? `${first} ${unit(rest, name)}` : first);
  return {
    minutes: (seconds) =>
      seconds > 0 && seconds < MINUTE ? unit(seconds, 'second') : unit(Math.floor(seconds / MINUTE), 'minute'),
    callTime: (seconds) => {
      const minutes = Math.floor((seconds % HOUR) / MINUTE);
      if (seconds >= HOUR) return parts(unit(Math.floor(seconds / HOUR), 'hour'), minutes, 'minute');
      return seconds >= MINUTE ? parts(unit(minutes, 'minute'), seconds % MINUTE, 'second') : unit(seconds, 'second');
    },
    signed: (amount, currency) => signedIn(locale, amount, currency),
    share: (share) => numberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(readable(share)),
  };
}

import type { Money } from '../domain/money.ts';

/** The region decides the order of day and month and where the currency sign goes. */
const locales: Record<string, string> = { en: 'en-GB', fr: 'fr-FR', es: 'es-ES', pt: 'pt-PT' };

/** The locale of a language of the screens. */
export function localeOf(language: string): string {
  return locales[language] ?? language;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const KILO = 1000;
const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** What needs no library of phone numbers: the first screen does without it. */
export interface PlainFormat {
  money(money: Money): string;
  /** Groups of four, from the left: `8944 1000 0000 0000 0011`. */
  iccid(iccid: string): string;
  date(instant: string | Date): string;
  dateTime(instant: string | Date): string;
  time(instant: string | Date): string;
  /** `Thursday 26 November`. */
  weekday(instant: string | Date): string;
  /** How long something took: `< 0.1s`, `0.8s`, `12s`, `3m 05s`, `2h 10m`. */
  duration(ms: number): string;
  /** How old something is, in one unit: `14 min`, `3 hr`, `2 days`; at least a minute. */
  age(ms: number): string;
  /** The time alone when it was today, else the day too. */
  moment(instant: string | Date, now: Date): string;
  /** `42 %`; rounded down, so that 100 % is the end. */
  percent(share: number): string;
  /** What is left: `4:31`, `1:02:05`; rounded up, so that it ends at zero. */
  countdown(ms: number): string;
  /** Decimal units, as plans are sold: `12.5 GB`. */
  bytes(bytes: number): string;
  number(value: number): string;
  /** `3 days ago`, `in 2 hours`. */
  relative(instant: string | Date, now: Date): string;
}

/** A format is slow to make and quick to use: each is made once, when it is first asked for. */
function kept<Options, Format>(make: (locale: string, options: Options) => Format) {
  const made = new Map<string, Format>();
  return (locale: string, options: Options): Format => {
    const key = `${locale} ${JSON.stringify(options)}`;
    const found = made.get(key) ?? make(locale, options);
    made.set(key, found);
    return found;
  };
}

export const numberFormat = kept((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
export const dateFormat = kept(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);
const relativeFormat = kept(
  (locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
);

const two = (value: number) => String(value).padStart(2, '0');

function formatMoney(locale: string, { amount, currency }: Money): string {
  const format = numberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

function formatDuration(locale: string, ms: number): string {
  const unit = (value: number, name: string, options: Intl.NumberFormatOptions = {}) =>
    numberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'narrow', ...options }).format(value);
  // Something that was measured took some time.
  if (ms > 0 && ms < SECOND / 10) return `< ${unit(0.1, 'second')}`;
  if (ms < 10 * SECOND) return unit(ms / SECOND, 'second', { maximumFractionDigits: 1 });
  if (ms < MINUTE) return unit(Math.round(ms / SECOND), 'second');
  if (ms < HOUR) {
    const seconds = Math.floor((ms % MINUTE) / SECOND);
    return `${unit(Math.floor(ms / MINUTE), 'minute')} ${unit(seconds, 'second', { minimumIntegerDigits: 2 })}`;
  }
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  return `${unit(Math.floor(ms / HOUR), 'hour')} ${unit(minutes, 'minute', { minimumIntegerDigits: 2 })}`;
}

function formatAge(locale: string, ms: number): string {
  const unit = (value: number, name: string) =>
    numberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  if (ms < HOUR) return unit(Math.max(1, Math.floor(ms / MINUTE)), 'minute');
  return ms < 24 * HOUR ? unit(Math.floor(ms / HOUR), 'hour') : unit(Math.floor(ms / (24 * HOUR)), 'day');
}

function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / SECOND));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

function formatBytes(locale: string, bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(bytes) / 3));
  return numberFormat(locale, {
    style: 'unit',
    unit: byteUnits[power],
    unitDisplay: 'short',
    maximumFractionDigits: power < 3 ? 0 : 1,
  }).format(bytes / KILO ** power);
}

function formatRelative(locale: string, then: Date, now: Date): string {
  const format = relativeFormat(locale, { numeric: 'auto' });
  const ms = then.getTime() - now.getTime();
  const size = Math.abs(ms);
  if (size < MINUTE) return format.format(Math.round(ms / SECOND), 'second');
  if (size < HOUR) return format.format(Math.round(ms / MINUTE), 'minute');
  if (size < 24 * HOUR) return format.format(Math.round(ms / HOUR), 'hour');
  return format.format(Math.round(ms / (24 * HOUR)), 'day');
}

const capitalised = (format: (instant: string | Date) => string) => (instant: string | Date) => {
  const text = format(instant);
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
};

/** Formatters of one language; a pure function of it and of the machine's time zone. */
export function createPlainFormat(language: string): PlainFormat {
  const locale = localeOf(language);
  const dates = (options: Intl.DateTimeFormatOptions) => (instant: string | Date) =>
    dateFormat(locale, options).format(new Date(instant));
  const time = dates({ hour: '2-digit', minute: '2-digit' });
  const dayAndTime = dates({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  return {
    money: (money) => formatMoney(locale, money),
    iccid: (iccid) => iccid.replace(/(.{4})(?=.)/g, '$1 '),
    date: dates({ day: 'numeric', month: 'short', year: 'numeric' }),
    dateTime: dates({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }),
    weekday: capitalised(dates({ weekday: 'long', day: 'numeric', month: 'long' })),
    time,
    age: (ms) => formatAge(locale, ms),
    moment: (instant, now) =>
      new Date(instant).toDateString() === now.toDateString() ? time(instant) : dayAndTime(instant),
    percent: (share) => numberFormat(locale, { style: 'percent', roundingMode: 'floor' }).format(share),
    duration: (ms) => formatDuration(locale, ms),
    countdown: formatCountdown,
    bytes: (bytes) => formatBytes(locale, bytes),
    number: (value) => numberFormat(locale, {}).format(value),
    relative: (instant, now) => formatRelative(locale, new Date(instant), now),
  };
}

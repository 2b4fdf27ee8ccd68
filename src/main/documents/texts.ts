import parsePhoneNumber from 'libphonenumber-js';
import type { Language } from '#core/domain/languages.ts';
import type { Money } from '#core/domain/money.ts';
import en from '../../../resources/handover/en.json' with { type: 'json' };
import es from '../../../resources/handover/es.json' with { type: 'json' };
import fr from '../../../resources/handover/fr.json' with { type: 'json' };
import pt from '../../../resources/handover/pt.json' with { type: 'json' };

export type Texts = typeof en;

const catalogues: Record<Language, Texts> = { en, fr, es, pt };
const locales: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR', es: 'es-ES', pt: 'pt-PT' };

/** The sheet's words and ways of writing, in the customer's language. */
export function wordsIn(language: Language) {
  const locale = locales[language];
  return {
    texts: catalogues[language],
    fill: (text: string, values: Record<string, string>) =>
      text.replace(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? ''),
    money({ amount, currency }: Money): string {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
      return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    },
    date: (instant: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(instant)),
    dateTime: (instant: Date) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(instant),
  };
}

export function phoneText(e164: string): string {
  return parsePhoneNumber(e164)?.formatInternational() ?? e164;
}

/** Groups of four, as printed on the card. */
export function iccidText(iccid: string): string {
  return iccid.replace(/(.{4})(?=.)/g, '$1 ');
}

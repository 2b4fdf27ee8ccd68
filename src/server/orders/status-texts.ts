import { languageSchema } from '#core/domain/common.ts';
import type { Language } from '#core/domain/languages.ts';
import en from '../../../resources/status/en.json' with { type: 'json' };
import es from '../../../resources/status/es.json' with { type: 'json' };
import fr from '../../../resources/status/fr.json' with { type: 'json' };
import pt from '../../../resources/status/pt.json' with { type: 'json' };

export type StatusTexts = typeof en;

/** What the status page says, in every language; the first is the one for everybody else. */
export const statusTexts: Readonly<Record<Language, StatusTexts>> = { en, fr, es, pt };

/** What each language calls itself. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
  pt: 'Português',
};

/** The language asked for in the address, else the one of ours that the browser likes best, else English. */
export function chooseLanguage(asked: unknown, acceptLanguage: string | undefined): Language {
  const named = languageSchema.safeParse(asked);
  if (named.success) return named.data;
  return preferences(acceptLanguage ?? '').find((language) => language !== null) ?? 'en';
}

/** An Accept-Language header (RFC 9110, 12.5.4), best first; null where it names none of ours. */
function preferences(header: string): (Language | null)[] {
  const ranked = header.split(',').map((part) => {
    const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
    const weight = parameters.find((text) => text.startsWith('q='))?.slice(2);
    const language = languageSchema.safeParse(tag.split('-')[0]?.toLowerCase());
    return { language: language.success ? language.data : null, weight: weight === undefined ? 1 : Number(weight) };
  });
  return ranked
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ language }) => language);
}

import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isLanguage, type Language, languages } from '#core/domain/languages.ts';
import { pluralsByRegion } from '#core/format/plurals.ts';
import { keepLanguage } from './kept.ts';

type Catalogue = Record<string, ResourceKey>;

/** One chunk per language, with all of its namespaces. */
const catalogues: Record<Language, () => Promise<{ catalogue: Catalogue }>> = {
  en: () => import('./locales/en/index.ts'),
  fr: () => import('./locales/fr/index.ts'),
  es: () => import('./locales/es/index.ts'),
  pt: () => import('./locales/pt/index.ts'),
};

const backend: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, callback) {
    const load = catalogues[language as Language];
    load().then(
      ({ catalogue }) => callback(null, catalogue[namespace] ?? {}),
      (error: Error) => callback(error, null),
    );
  },
};

/** The languages that staff can choose, each in its own words. */
export const languageNames: Record<Language, string> = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
  pt: 'Português',
};

/** The first language of the machine that Comptoir speaks, else English. */
export function machineLanguage(preferred: readonly string[] = navigator.languages): Language {
  for (const tag of preferred) {
    const language = tag.slice(0, 2).toLowerCase();
    if (isLanguage(language)) return language;
  }
  return 'en';
}

/** Starts the catalogues in a language; resolves once its texts are there. */
export async function startI18n(language: Language): Promise<void> {
  const { catalogue } = await catalogues[language]();
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      supportedLngs: languages,
      ns: Object.keys(catalogue),
      // This language is here already; the backend is for the others.
      resources: { [language]: catalogue },
      partialBundledLanguages: true,
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  pluralsByRegion(i18next);
  isNow(language);
}

export async function changeLanguage(language: Language): Promise<void> {
  if (i18next.language === language) return;
  await i18next.changeLanguage(language);
  isNow(language);
}

function isNow(language: Language): void {
  document.documentElement.lang = language;
  keepLanguage(language);
}

import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#core/domain/common.ts';

type Catalogue = Record<string, ResourceKey>;

/** One chunk per language, with all of its namespaces. */
const catalogues: Record<Language, () => Promise<{ catalogue: Catalogue }>> = {
  en: () => import('./locales/en/index.ts'),
  fr: () => import('./locales/fr/index.ts'),
  es: () => import('./locales/es/index.ts'),
  pt: () => import('./locales/pt/index.ts'),
};

/** The languages that customers can choose, each in its own words. */
export const languageNames: Record<Language, string> = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
  pt: 'Português',
};
export const languages = Object.keys(languageNames) as Language[];
const isLanguage = (text: string | null): text is Language => text !== null && Object.hasOwn(catalogues, text);

const backend: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, callback) {
    catalogues[language as Language]().then(
      ({ catalogue }) => callback(null, catalogue[namespace] ?? {}),
      (error: Error) => callback(error, null),
    );
  },
};

const KEPT = 'comptoir.portal.language';

/** The language of last time; else the first of the browser's that the portal speaks, else English. */
export function firstLanguage(): Language {
  const kept = readKept();
  if (kept !== null) return kept;
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
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
  document.documentElement.lang = language;
}

export async function changeLanguage(language: Language): Promise<void> {
  if (i18next.language !== language) await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  keep(language);
}

/** Puts the operator's own words over the catalogue's; keys are `namespace:key`. */
export function overrideTexts(language: Language, texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts)) {
    const [namespace, key] = name.split(':');
    if (namespace && key) i18next.addResource(language, namespace, key, text);
  }
}

// A frame whose browser keeps nothing for it throws at every look.
function readKept(): Language | null {
  try {
    const kept = localStorage.getItem(KEPT);
    return isLanguage(kept) ? kept : null;
  } catch {
    return null;
  }
}

function keep(language: Language): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // It is asked from the browser again next time.
  }
}

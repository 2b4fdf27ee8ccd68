import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#core/domain/languages.ts';
import { pluralsByRegion } from '#core/format/plurals.ts';

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

/** A cookie, so that central writes the page in it from the start. */
const KEPT = 'comptoir_portal_language';
const KEPT_SECONDS = 400 * 86_400;

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
      // The operator's own words come after the page is there.
      react: { bindI18nStore: 'added' },
      returnNull: false,
    });
  pluralsByRegion(i18next);
  document.documentElement.lang = language;
}

export async function changeLanguage(language: Language): Promise<void> {
  await showLanguage(language);
  keep(language);
}

/** For now only: the next visit begins in the language of before. */
export async function showLanguage(language: Language): Promise<void> {
  if (i18next.language !== language) await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** The catalogue's own words of what the operator worded otherwise, by language. */
const ownWords = new Map<Language, Map<string, string>>();

/**
 * Puts the operator's own words over the catalogue's; keys are `namespace:key`. Words of before that are not among them are
 * the catalogue's own again. Whatever is on the screen changes at once.
 */
export function overrideTexts(language: Language, texts: Readonly<Record<string, string>>): void {
  const own = ownWords.get(language) ?? new Map<string, string>();
  ownWords.set(language, own);
  for (const [name, text] of own) if (!Object.hasOwn(texts, name)) put(language, name, text);
  for (const [name, text] of Object.entries(texts)) {
    const before = wordsOf(language, name);
    // What the catalogue has no place for is shown nowhere.
    if (before === null) continue;
    if (!own.has(name)) own.set(name, before);
    if (before !== text) put(language, name, text);
  }
}

function put(language: Language, name: string, text: string): void {
  const [namespace = '', key = ''] = name.split(':');
  i18next.addResource(language, namespace, key, text);
}

function wordsOf(language: Language, name: string): string | null {
  const [namespace = '', key = ''] = name.split(':');
  const words: unknown = i18next.getResource(language, namespace, key);
  return typeof words === 'string' ? words : null;
}

/** Every text of the catalogue in a language that is shown already, by `namespace:key`, as it was before the operator's. */
export function catalogueTexts(language: Language): Record<string, string> {
  const own = ownWords.get(language);
  const found = Object.entries(i18next.getDataByLanguage(language) ?? {}).flatMap(([namespace, texts]) =>
    flat(texts).map(([key, text]): [string, string] => [`${namespace}:${key}`, text]),
  );
  return Object.fromEntries(found.map(([name, text]) => [name, own?.get(name) ?? text]));
}

function flat(texts: unknown, prefix = ''): [string, string][] {
  if (typeof texts === 'string') return [[prefix, texts]];
  return Object.entries(texts ?? {}).flatMap(([key, inner]) => flat(inner, prefix === '' ? key : `${prefix}.${key}`));
}

// A frame whose browser keeps nothing for it throws at every look.
function readKept(): Language | null {
  try {
    const kept = new RegExp(`(?:^|;\\s*)${KEPT}=([a-z]{2})`).exec(document.cookie)?.[1] ?? null;
    return isLanguage(kept) ? kept : null;
  } catch {
    return null;
  }
}

function keep(language: Language): void {
  try {
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    // biome-ignore lint/suspicious/noDocumentCookie: the newer store of cookies is not in every browser that we serve.
    document.cookie = `${KEPT}=${language}; Path=/portal; Max-Age=${KEPT_SECONDS}; SameSite=Lax${secure}`;
  } catch {
    // It is asked from the browser again next time.
  }
}

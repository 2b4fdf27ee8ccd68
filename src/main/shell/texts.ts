import path from 'node:path';
import Database from 'better-sqlite3';
import { deskSettingsSchema } from '#core/contract/desk/events.ts';
import type { Language } from '#core/domain/languages.ts';
import texts from '../../../resources/shell/texts.json' with { type: 'json' };
import { StoreFromTheFuture } from '../store/store.ts';

/** What a shell itself says, in the desk's language. */
export const shellTexts = (language: Language) => texts[language];

export function unsentText(language: Language, count: number): string {
  const { one, other } = texts[language].unsent;
  const text = new Intl.PluralRules(language).select(count) === 'one' ? one : other;
  return text.replace('{count}', new Intl.NumberFormat(language).format(count));
}

/**
 * A failure to start, in words: data of a newer version, whichever file holds it, in the desk's language with the
 * technical line below. Null for any other failure.
 */
export function startFailureText(error: unknown, dataDir: string): string | null {
  if (!(error instanceof StoreFromTheFuture)) return null;
  return `${texts[savedLanguage(dataDir)].newer}\n\n${error.message}`;
}

/** The desk's language as it was set, read without opening the desk; English when it can't be told. */
export function savedLanguage(dataDir: string): Language {
  try {
    const database = new Database(path.join(dataDir, 'desk.sqlite'), { readonly: true, fileMustExist: true });
    try {
      const value = database.prepare("select value from setting where name = 'desk'").pluck().get();
      return deskSettingsSchema.parse(JSON.parse(String(value))).language;
    } finally {
      database.close();
    }
  } catch {
    return 'en';
  }
}

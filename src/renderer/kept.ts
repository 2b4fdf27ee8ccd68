import { isLanguage, type Language } from '#core/domain/languages.ts';

/*
 * What this window remembers of its last time, so that it can begin before the host is up. It is a guess that saves time:
 * the host's answer is what counts, and takes its place when it comes.
 */

const LANGUAGE = 'comptoir.language';
const SIGNED_OUT = 'comptoir.signed-out';

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage that is full or forbidden costs a moment at the next start, nothing else.
  }
}

/** The language the window last spoke; null when it does not know. */
export function keptLanguage(): Language | null {
  const kept = read(LANGUAGE);
  return isLanguage(kept) ? kept : null;
}

export function keepLanguage(language: Language): void {
  write(LANGUAGE, language);
}

/** Whether nobody was signed in when the window last knew. */
export function wasSignedOut(): boolean {
  return read(SIGNED_OUT) === 'yes';
}

export function keepSignedOut(isSignedOut: boolean): void {
  write(SIGNED_OUT, isSignedOut ? 'yes' : 'no');
}

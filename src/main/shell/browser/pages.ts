import { languageSchema } from '#core/domain/common.ts';
import type { Language } from '#core/domain/languages.ts';
import texts from '../../../../resources/shell/texts.json' with { type: 'json' };

export interface Page {
  readonly body: Buffer;
  readonly headers: Record<string, string>;
}

const asPage = (html: string): Page => ({
  body: Buffer.from(html),
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
});

export const asJson = (value: unknown): Page => ({
  body: Buffer.from(JSON.stringify(value)),
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
});

/**
 * Goes on to the desk from a page of our own: a redirect would still count as coming from wherever the address was
 * clicked, and the browser would keep the strict cookie back.
 */
export function enteringPage(): Page {
  return asPage(
    '<!doctype html><meta charset="utf-8"><title>Comptoir</title><link rel="icon" href="data:,"><meta http-equiv="refresh" content="0;url=/">',
  );
}

/** Says, in the browser's language, why the desk does not open and what to do. */
export function refusedPage(acceptLanguage: string | undefined): Page {
  const language = languageOf(acceptLanguage);
  const { title, text } = texts[language].refused;
  return asPage(
    `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<title>Comptoir</title><link rel="icon" href="data:,"><body style="font:16px/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem">` +
      `<h1>${title}</h1><p>${text}</p></body></html>`,
  );
}

/** The first language of the header that we speak, by its order: browsers send the best first. */
function languageOf(header = ''): Language {
  const wanted = header.split(',').map((part) => languageSchema.safeParse(part.trim().slice(0, 2).toLowerCase()));
  return wanted.find(({ success }) => success)?.data ?? 'en';
}

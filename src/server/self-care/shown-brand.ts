import type { ShownBrand } from '#core/contract/portal/access.ts';
import { languageSchema } from '#core/domain/common.ts';
import type { Language } from '#core/domain/languages.ts';
import type { ServedBrand } from './brands.ts';
import type { PortalParts } from './router.ts';

const CACHE = 'public, max-age=60';

/** The look of the portal, for anybody: a page needs it before anyone has signed in. */
export function brandRoutes({ stack, brands }: PortalParts) {
  return {
    brand: stack.open.brand.handler(async ({ context, input }) => {
      context.resHeaders?.set('cache-control', CACHE);
      // Without a language it is the browser's own, so that caches keep them apart.
      if (input.language === undefined) context.resHeaders?.set('vary', 'accept-language');
      return shownBrand(await brands.served(), input.language ?? languageOf(context.headers['accept-language']));
    }),
  };
}

/** What a page needs of the brand, in one language. Where it may be framed is not its business. */
export function shownBrand({ brand, logoHash, css, cssHash }: ServedBrand, language: Language): ShownBrand {
  const { name, colours, hidden, redirects, texts } = brand;
  const logo = brand.logo === null ? null : `${BRAND_LOGO}?v=${logoHash}`;
  const cssUrl = css === '' ? null : `${BRAND_CSS}?v=${cssHash}`;
  return { name, logo, colours, hidden, redirects, language, texts: texts[language] ?? {}, cssUrl };
}

export const BRAND_CSS = '/portal/brand.css';
export const BRAND_LOGO = '/portal/brand-logo';

/** The cookie in which a page keeps the language that somebody chose. */
const LANGUAGE_COOKIE = /(?:^|;\s*)comptoir_portal_language=([a-z]{2})(?:;|$)/;

/** The language that was chosen in this browser, else the first of the header that we speak; browsers send the best first. */
export function languageOf(header: string | string[] | undefined, cookie = ''): Language {
  const chosen = languageSchema.safeParse(LANGUAGE_COOKIE.exec(cookie)?.[1]);
  if (chosen.success) return chosen.data;
  const wanted = String(header ?? '')
    .split(',')
    .map((part) => languageSchema.safeParse(part.trim().slice(0, 2).toLowerCase()));
  return wanted.find(({ success }) => success)?.data ?? 'en';
}

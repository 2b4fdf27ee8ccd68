import type { ShownBrand } from '#core/contract/portal/access.ts';
import { type Language, languageSchema } from '#core/domain/common.ts';
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
export function shownBrand({ brand, css, cssHash }: ServedBrand, language: Language): ShownBrand {
  const { name, logo, colours, hidden, redirects, texts } = brand;
  const cssUrl = css === '' ? null : `${BRAND_CSS}?v=${cssHash}`;
  return { name, logo, colours, hidden, redirects, language, texts: texts[language] ?? {}, cssUrl };
}

export const BRAND_CSS = '/portal/brand.css';

/** The first language of the header that we speak; browsers send the best first. */
function languageOf(header: string | string[] | undefined): Language {
  const wanted = String(header ?? '')
    .split(',')
    .map((part) => languageSchema.safeParse(part.trim().slice(0, 2).toLowerCase()));
  return wanted.find(({ success }) => success)?.data ?? 'en';
}

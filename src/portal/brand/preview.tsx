import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { checkCss } from '#core/brand/css-check.ts';
import { draftMessageSchema, isDeskOrigin, type PreviewMessage } from '#core/brand/preview-messages.ts';
import type { ShownBrand } from '#core/contract/portal/access.ts';
import type { Language } from '#core/domain/languages.ts';
import { plainBrand } from '../brand.ts';
import { Frame } from '../frame/Frame.tsx';
import { catalogueTexts, firstLanguage, showLanguage, startI18n } from '../i18n.ts';
import { createQueryClient } from '../query-client.ts';
import { MeProvider } from '../session.tsx';
import { Look } from './Look.tsx';
import { sampleAnswer, sampleMe } from './sample.ts';

const { hook, searchHook } = memoryLocation({ path: '/dashboard' });
const queryClient = createQueryClient();
/** The draft's own rules, as far as they are safe: the same that central would serve. */
const sheet = new CSSStyleSheet();

/**
 * The page that the editor of the look shows beside it: the portal as the draft would have it. It has no session and asks
 * central nothing: whatever the portal's own pages ask is answered here, with made-up data.
 */
export async function startPreview(root: HTMLElement): Promise<void> {
  globalThis.fetch = async (asked) => sampleAnswer(new Request(asked));
  await startI18n(firstLanguage());
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  createRoot(root).render(
    <StrictMode>
      <Preview />
    </StrictMode>,
  );
}

function Preview() {
  const [brand, setBrand] = useState<ShownBrand>(plainBrand);
  useEffect(() => listen(setBrand), []);
  return (
    <QueryClientProvider client={queryClient}>
      <Look brand={brand}>
        <Router hook={hook} searchHook={searchHook}>
          <MeProvider value={{ ...sampleMe, language: brand.language }}>
            <Frame isFramed={false} />
          </MeProvider>
        </Router>
      </Look>
    </QueryClientProvider>
  );
}

/** Drafts come from the desk that shows this page in a frame, and from nobody else. */
function listen(show: (brand: ShownBrand) => void): () => void {
  const hear = (event: MessageEvent) => {
    if (event.source !== window.parent || !isDeskOrigin(event.origin)) return;
    const { success, data } = draftMessageSchema.safeParse(event.data);
    if (!success) return;
    const { name, logo, colours, hidden, redirects, texts, css } = data.brand;
    const { language } = data;
    sheet.replaceSync(checkCss(css).css);
    void showLanguage(language).then(() => {
      show({ name, logo, colours, hidden, redirects, language, texts: texts[language] ?? {}, cssUrl: null });
      tell(event.origin, { type: 'comptoir.texts', language, texts: catalogueTexts(language as Language) });
    });
  };
  addEventListener('message', hear);
  // Whoever it is that shows this page learns no more than that it listens.
  tell('*', { type: 'comptoir.ready' });
  return () => removeEventListener('message', hear);
}

function tell(origin: string, message: PreviewMessage): void {
  if (window.parent !== window) window.parent.postMessage(message, origin);
}

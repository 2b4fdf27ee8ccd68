import './styles.ts';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { openAddresses } from '#core/portal/open-addresses.ts';
import { App } from './App.tsx';
import { portal } from './api.ts';
import { brandInPage } from './brand.ts';
import { fetchAhead } from './components/Part.tsx';
import { doorState } from './door.ts';
import { firstLanguage, startI18n } from './i18n.ts';
import { reloadWhenNewer } from './newer.ts';
import { watchPresence } from './presence.ts';
import { createQueryClient } from './query-client.ts';
import { entrance, pageAt } from './routes.tsx';

/** Central shows this page there with another policy: to desks, and with no way to ask anything. */
const PREVIEW = '/portal/preview';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
addEventListener('vite:preloadError', () => void reloadWhenNewer());
// Not awaited here: what is read apart is built upon this very file, and would wait for it in turn.
if (location.pathname === PREVIEW) void import('./brand/preview.tsx').then(({ startPreview }) => startPreview(root));
else void start(root);

async function start(page: HTMLElement): Promise<void> {
  watchPresence();
  const queryClient = createQueryClient();
  // Who is here is asked while the texts are on their way.
  if (doorState() !== 'out') void queryClient.prefetchQuery(portal.me.queryOptions({ retry: false }));
  const address = location.pathname.replace(/^\/portal/, '') || '/';
  const language = firstLanguage();
  const brand = brandInPage();
  if (brand?.language === language) queryClient.setQueryData(portal.brand.queryKey({ input: { language } }), brand);
  await Promise.all([startI18n(language), ahead(address)]);
  // Drawn bit by bit, so that a slow device can scroll and type meanwhile.
  startTransition(() =>
    createRoot(page).render(
      <StrictMode>
        <App queryClient={queryClient} />
      </StrictMode>,
    ),
  );
}

/** Fetches what is shown first: where nobody is in, the sign-in. */
async function ahead(address: string): Promise<void> {
  if (doorState() === 'out' || openAddresses.includes(address)) return fetchAhead(entrance);
  const page = pageAt(address);
  if (page) await fetchAhead(page.load);
}

/** What the service worker may keep, and for how long it waits. Apart from the worker, so that it can be tested alone. */

const API = '/portal/api/v1';

/** Recent data that a customer may read without a line; nothing else of the API is ever kept. */
const kept = [
  /^\/me$/,
  /^\/dashboard$/,
  /^\/alerts$/,
  /^\/activity$/,
  /^\/services$/,
  /^\/services\/\d+$/,
  /^\/services\/\d+\/(?:balances|usage)$/,
  /^\/billing$/,
  /^\/invoices$/,
  /^\/invoices\/\d+$/,
  /^\/transactions$/,
];

export type Treatment =
  /** The page itself: from the network, else the one that is kept. */
  | 'page'
  /** A file whose name changes with its content. */
  | 'file'
  /** Recent data: from the network, else the last answer. */
  | 'data'
  /** The operator's look: public, the same for everybody. */
  | 'brand'
  /** Someone came in or went out: nothing of before stays. */
  | 'door'
  /** Left to the browser. */
  | 'none';

interface Asked {
  readonly method: string;
  readonly mode: string;
  readonly url: URL;
}

/** How a request of the page is treated. */
export function treatmentOf({ method, mode, url }: Asked, origin: string): Treatment {
  const { pathname } = url;
  if (url.origin !== origin || !pathname.startsWith('/portal/')) return 'none';
  if (pathname.startsWith(`${API}/auth/`)) return 'door';
  if (method !== 'GET') return 'none';
  if (pathname.startsWith(`${API}/`)) {
    const route = pathname.slice(API.length);
    if (route === '/brand') return 'brand';
    return kept.some((pattern) => pattern.test(route)) ? 'data' : 'none';
  }
  // One-use links are the server's: answered from here they would open nothing.
  if (pathname.startsWith('/portal/enter') || pathname.startsWith('/portal/preview')) return 'none';
  if (mode === 'navigate') return 'page';
  if (pathname === '/portal/brand.css' || pathname === '/portal/brand-logo') return 'brand';
  return /^\/portal\/(?:assets|icons)\//.test(pathname) ? 'file' : 'none';
}

/** Whether an answer says that nobody is signed in any more. */
export function isSessionOver(status: number): boolean {
  return status === 401;
}

/** An answer about a session, without what lets writes through. */
export function withoutCsrf(body: string): string {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer !== 'object' || answer === null || !('csrfToken' in answer)) return body;
    return JSON.stringify({ ...answer, csrfToken: '' });
  } catch {
    return body;
  }
}

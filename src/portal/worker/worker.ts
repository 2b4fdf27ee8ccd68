import { isSessionOver, treatmentOf, withoutCsrf } from './rules.ts';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build: the files of this version of the page, relative to /portal/. */
declare const SHELL_FILES: { readonly version: string; readonly files: readonly string[] };

const shell = SHELL_FILES;
const PAGE = '/portal/';
const SHELL = `portal-shell-${shell.version}`;
/** The signed-in customer's recent data; one person's at a time. */
const DATA = 'portal-data';
const BRAND = 'portal-brand';
/** Set by the server on what may be kept: whose it is. Answers to staff and to links have none. */
const KEEP_FOR = 'x-comptoir-keep-for';
/** Set here on what was kept: when it was answered. */
const KEPT_AT = 'x-comptoir-kept-at';
/** A line that gives no answer for so long is as good as none. */
const PATIENCE_MS = 8_000;

self.addEventListener('install', (event) => {
  event.waitUntil(fillShell());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(leaveOldShells());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const treatment = treatmentOf(
    { method: request.method, mode: request.mode, url: new URL(request.url) },
    location.origin,
  );
  if (treatment === 'none') return;
  event.respondWith(answers[treatment](request));
});

const answers = { page, file, data, brand, door } as const;

async function fillShell(): Promise<void> {
  const cache = await caches.open(SHELL);
  await cache.addAll(shell.files.map((file) => `${PAGE}${file}`));
}

/** A version is left once no page of it is open any more. */
async function leaveOldShells(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('portal-shell-') && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function page(request: Request): Promise<Response> {
  try {
    return await inTime(request);
  } catch (error) {
    const kept = await caches.match(PAGE, { cacheName: SHELL });
    if (kept) return kept;
    throw error;
  }
}

async function file(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(SHELL)).put(request, answer.clone());
  return answer;
}

async function data(request: Request): Promise<Response> {
  const cache = await caches.open(DATA);
  const asked = turns;
  try {
    const answer = await inTime(request);
    // What was asked before somebody went out must not be kept after it.
    if (asked === turns) await keepOrForget(cache, request, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

/** Keeps an answer that the server lets be kept, for one person at a time; whatever ends a session ends what is kept. */
async function keepOrForget(cache: Cache, request: Request, answer: Response): Promise<void> {
  if (isSessionOver(answer.status)) return forget();
  const owner = answer.headers.get(KEEP_FOR);
  if (!answer.ok) return;
  if (owner === null) return forget();
  const keys = await cache.keys();
  const any = keys[0] === undefined ? undefined : await cache.match(keys[0], { ignoreVary: true });
  if (any && any.headers.get(KEEP_FOR) !== owner) await Promise.all(keys.map((key) => cache.delete(key)));
  const headers = new Headers(answer.headers);
  headers.set(KEPT_AT, new Date().toISOString());
  headers.delete('content-encoding');
  const body = withoutCsrf(await answer.text());
  await cache.put(request, new Response(body, { status: 200, headers }));
}

async function brand(request: Request): Promise<Response> {
  const cache = await caches.open(BRAND);
  try {
    const answer = await inTime(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

/** Coming in and going out: what was kept is gone before anybody is told that it worked. */
async function door(request: Request): Promise<Response> {
  const isTurn = /\/(?:login|logout)$/.test(new URL(request.url).pathname);
  if (isTurn) await forget();
  const answer = await fetch(request);
  if (isTurn) await forget();
  return answer;
}

/** How often what was kept has been let go. */
let turns = 0;

async function forget(): Promise<void> {
  turns += 1;
  await caches.delete(DATA);
}

/** The network's answer; a server that is being started again counts as no line. */
async function inTime(request: Request): Promise<Response> {
  const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (answer.status === 502 || answer.status === 503 || answer.status === 504) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept) throw new TypeError('The server can’t be reached.');
  }
  return answer;
}

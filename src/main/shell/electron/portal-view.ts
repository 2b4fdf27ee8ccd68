import { BrowserWindow, type Input, type WebContents, WebContentsView } from 'electron';
import type { ViewPlace } from '#core/contract/desk/portal-view.ts';
import type { Log } from '../../log.ts';
import type { PortalPage, PortalPageListener, PortalShell } from '../../portal-view/shell.ts';
import { openPortalSession, portalOf, wipe } from './portal-session.ts';

/** The banner is never lower than this: whatever a page asks for, the view begins below. */
const LEAST_BANNER = 48;
/** Escape twice within this ends the view. */
const TWICE_MS = 1_000;

/** The portal in the desk's window: a page of its own process and session, in the room that the desk's page leaves for it. */
export function createPortalShell(log: Log): PortalShell {
  return {
    open({ id, url, viewKey }, listener) {
      const [window] = BrowserWindow.getAllWindows();
      if (window === undefined) throw new Error('there is no window to show the portal in');
      const own = openPortalSession(id, portalOf(url), viewKey, listener.blocked);
      const view = new WebContentsView({
        webPreferences: {
          session: own,
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          webviewTag: false,
          devTools: false,
          // A page's alert would stand over the banner.
          disableDialogs: true,
          spellcheck: false,
        },
      });
      // Nothing is seen of it before the page that shows its banner says where.
      view.setVisible(false);
      window.contentView.addChildView(view);
      const contents = view.webContents;
      guard(contents);
      follow(contents, listener);
      hearKeys(contents, () => window.webContents.focus(), listener);
      // A desk page that begins anew has no banner yet.
      const hide = ({ isMainFrame, isSameDocument }: { isMainFrame: boolean; isSameDocument: boolean }) => {
        if (isMainFrame && !isSameDocument) view.setVisible(false);
      };
      window.webContents.on('did-start-navigation', hide);
      contents.loadURL(url).catch((err: unknown) => log.warn({ err }, 'the portal did not load'));
      return pageOf(window, view, () => {
        if (!window.isDestroyed()) window.webContents.off('did-start-navigation', hide);
        return wipe(own);
      });
    },
  };
}

function pageOf(window: BrowserWindow, view: WebContentsView, forget: () => Promise<void>): PortalPage {
  const contents = view.webContents;
  let isClosed = false;
  return {
    place(place) {
      if (isClosed || window.isDestroyed()) return;
      if (place === null) {
        if (contents.isFocused()) window.webContents.focus();
        return view.setVisible(false);
      }
      view.setBounds(boundsIn(window, place));
      view.setVisible(true);
    },
    act(act) {
      if (isClosed || contents.isDestroyed()) return;
      if (act === 'focus') contents.focus();
      else if (act === 'reload') contents.reload();
      else if (contents.navigationHistory.canGoBack()) contents.navigationHistory.goBack();
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      if (!window.isDestroyed()) {
        window.contentView.removeChildView(view);
        window.webContents.focus();
      }
      if (!contents.isDestroyed()) contents.close();
      await forget();
    },
  };
}

/** The page's pixels as the window's, whatever its zoom; never over the banner nor out of the window. */
function boundsIn(window: BrowserWindow, { x, y, width, height }: ViewPlace) {
  const zoom = window.webContents.getZoomFactor();
  const { width: widest, height: highest } = window.contentView.getBounds();
  const left = Math.min(Math.round(x * zoom), widest);
  const top = Math.min(Math.max(Math.round(y * zoom), LEAST_BANNER), highest);
  return {
    x: left,
    y: top,
    width: Math.max(0, Math.min(Math.round(width * zoom), widest - left)),
    height: Math.max(0, Math.min(Math.round(height * zoom), highest - top)),
  };
}

function guard(contents: WebContents): void {
  contents.on('certificate-error', (event, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  // Else the first certificate of the machine would be shown.
  contents.on('select-client-certificate', (event, _url, _list, answer) => {
    event.preventDefault();
    (answer as () => void)();
  });
  // A page that does not want to be left is left.
  contents.on('will-prevent-unload', (event) => event.preventDefault());
}

/** ERR_ABORTED: the navigation gave way to another, or was refused. */
const ABORTED = -3;

function follow(contents: WebContents, listener: PortalPageListener): void {
  let hasFailed = false;
  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (!isMainFrame || isSameDocument) return;
    hasFailed = false;
    listener.page('loading');
  });
  contents.on('did-fail-load', (_event, code, _text, _url, isMainFrame) => {
    if (!isMainFrame || code === ABORTED) return;
    hasFailed = true;
    listener.page('failed');
  });
  // Central is there, and has no page to show.
  contents.on('did-navigate', (_event, _url, status) => {
    if (status < 500) return;
    hasFailed = true;
    listener.page('failed');
  });
  contents.on('did-stop-loading', () => {
    if (!hasFailed) listener.page('shown');
  });
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    hasFailed = true;
    listener.page('failed');
  });
}

/** The ways back to the desk by keyboard: F6 to its banner, Escape twice or Ctrl+Shift+E to the end. */
function hearKeys(contents: WebContents, focusDesk: () => void, listener: PortalPageListener): void {
  let escapedAt = Number.NEGATIVE_INFINITY;
  contents.on('before-input-event', (event, input: Input) => {
    if (input.type !== 'keyDown' || input.isAutoRepeat) return;
    if (input.key === 'F6') {
      event.preventDefault();
      focusDesk();
      listener.focusLeft();
      return;
    }
    const isEnd = (input.control || input.meta) && input.shift && input.key.toLowerCase() === 'e';
    const isTwice = input.key === 'Escape' && performance.now() - escapedAt < TWICE_MS;
    if (input.key === 'Escape') escapedAt = performance.now();
    if (!isEnd && !isTwice) return;
    event.preventDefault();
    listener.endAsked();
  });
}

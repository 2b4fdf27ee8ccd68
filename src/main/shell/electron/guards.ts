import { app, type Session, type WebContents } from 'electron';
import { isOwnAddress } from './origin.ts';

/** What the page may ask of the machine: to put a text on the clipboard, and nothing else. */
const ALLOWED = ['clipboard-sanitized-write'];

/** Denies every permission and device to the session's pages. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(ALLOWED.includes(permission) && isOwnAddress(contents.getURL()));
  });
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED.includes(permission));
  session.setDevicePermissionHandler(() => false);
}

/** For every page of the app, whatever made it: no new windows, no way out of the desk's own address. */
export function confineAllPages(): void {
  app.on('web-contents-created', (_event, contents) => confine(contents));
}

function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
}

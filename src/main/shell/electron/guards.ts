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

/** A page that is not the desk's: it stays where it is allowed to be, and is told of when it wants elsewhere. */
export interface Guest {
  allows(address: string): boolean;
  refused(kind: 'navigation' | 'redirect' | 'window', address: string): void;
}

const guests = new WeakMap<Session, Guest>();

/** Lets the pages of one session, and of no other, go where `guest` says instead of to the desk's own address. */
export function admitGuest(session: Session, guest: Guest): void {
  guests.set(session, guest);
}

/** For every page of the app, whatever made it: no new windows, no way out of the desk's own address, or of a guest's. */
export function confineAllPages(): void {
  app.on('web-contents-created', (_event, contents) => confine(contents));
}

function confine(contents: WebContents): void {
  const guest = () => guests.get(contents.session);
  const mayGo = (kind: 'navigation' | 'redirect', address: string): boolean => {
    const allowed = guest()?.allows(address) ?? isOwnAddress(address);
    if (!allowed) guest()?.refused(kind, address);
    return allowed;
  };
  contents.setWindowOpenHandler(({ url }) => {
    guest()?.refused('window', url);
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => {
    if (!mayGo('navigation', event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!mayGo('redirect', event.url)) event.preventDefault();
  });
}

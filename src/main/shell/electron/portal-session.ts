import { type Session, session } from 'electron';
import type { Blocked } from '#core/contract/central/impersonations.ts';
import { admitGuest } from './guards.ts';

const VIEW_HEADER = 'x-comptoir-view';
/** What a page makes itself and loads from nowhere. */
const LOCAL = ['data:', 'blob:'];

/** The portal of one address: its origin, and there only what is below /portal. */
export function portalOf(url: string) {
  const { origin, protocol } = new URL(url);
  const isPortal = (address: string): boolean => {
    if (!URL.canParse(address)) return false;
    const { origin: its, pathname } = new URL(address);
    return its === origin && (pathname === '/portal' || pathname.startsWith('/portal/'));
  };
  return { origin, isTls: protocol === 'https:', isPortal };
}
export type Portal = ReturnType<typeof portalOf>;

/** Where something would have led, without what an address may carry along. */
export function targetOf(address: string): string {
  if (!URL.canParse(address)) return address.slice(0, 100);
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`.slice(0, 300);
}

/**
 * A session in memory for one view: it reaches the portal and nothing else, shows the view's key to the portal and nobody
 * else, and is given nothing of the machine.
 */
export function openPortalSession(
  id: string,
  portal: Portal,
  viewKey: string,
  blocked: (what: Blocked) => void,
): Session {
  // Without `persist:` nothing of it is ever written to the disk.
  const own = session.fromPartition(`portal-${id}`, { cache: false });
  own.webRequest.onBeforeRequest(({ url, resourceType }, answer) => {
    const mayGo = portal.isPortal(url) || (LOCAL.includes(new URL(url).protocol) && resourceType !== 'mainFrame');
    if (!mayGo) blocked({ kind: 'request', target: targetOf(url) });
    answer({ cancel: !mayGo });
  });
  own.webRequest.onBeforeSendHeaders(({ url, requestHeaders }, answer) => {
    if (!portal.isPortal(url)) return answer({ cancel: true });
    answer({ requestHeaders: { ...requestHeaders, [VIEW_HEADER]: viewKey } });
  });
  own.setPermissionRequestHandler((_contents, permission, answer) => {
    blocked({ kind: 'permission', target: permission });
    answer(false);
  });
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.on('will-download', (event, item) => {
    const from = item.getURL();
    if (portal.isPortal(from) || (URL.canParse(from) && new URL(from).origin === portal.origin)) {
      // Without a path of our own choosing the system asks where to put it.
      item.setSaveDialogOptions({ defaultPath: item.getFilename() });
      return;
    }
    blocked({ kind: 'download', target: targetOf(from) });
    event.preventDefault();
  });
  admitGuest(own, {
    allows: portal.isPortal,
    refused: (kind, address) => blocked({ kind, target: targetOf(address) }),
  });
  return own;
}

/** Forgets all that a view kept, and cuts what it still has open. */
export async function wipe(own: Session): Promise<void> {
  await own.closeAllConnections();
  await own.clearStorageData();
  await own.clearCache();
  await own.clearAuthCache();
}

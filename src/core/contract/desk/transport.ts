/**
 * How a window reaches the desk's host, agreed between the screens, the preload and the two shells.
 *
 * Browser shell: a WebSocket on the page's own origin at `DESK_SOCKET_PATH`.
 * Electron: the preload exposes `window.comptoir` (a `DeskBridge`). The screens make a MessageChannel and send one end
 * with `window.postMessage(DESK_PORT_MESSAGE, location.origin, [port])`; the preload hands that port to the host over
 * `DESK_PORT_CHANNEL`. Whenever the port closes the screens ask again in the same way.
 */
export const DESK_SOCKET_PATH = '/desk';
export const DESK_PORT_MESSAGE = 'comptoir:desk-port';
/** The one IPC channel that the preload may use, to hand a port over. */
export const DESK_PORT_CHANNEL = 'comptoir:desk-port';
export const DESK_BRIDGE = 'comptoir';

/** What the preload puts in the window: its presence says that the page runs in Electron. */
export interface DeskBridge {
  readonly shell: 'electron';
}

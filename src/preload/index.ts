import { contextBridge, ipcRenderer } from 'electron';
import { DESK_BRIDGE, DESK_PORT_CHANNEL, DESK_PORT_MESSAGE, type DeskBridge } from '#core/contract/desk/transport.ts';

/*
 * The one bridge between a window and the host. The page gets no function that reaches Electron: it only learns which
 * shell it is in, and may hand over one end of a channel of its own making, which the host then answers on.
 */

const bridge: DeskBridge = { shell: 'electron' };
contextBridge.exposeInMainWorld(DESK_BRIDGE, bridge);

window.addEventListener('message', (event) => {
  const isOwnPage = event.source === window && event.origin === window.location.origin;
  const [port] = event.ports;
  if (!isOwnPage || event.data !== DESK_PORT_MESSAGE || port === undefined) return;
  ipcRenderer.postMessage(DESK_PORT_CHANNEL, null, [port]);
});

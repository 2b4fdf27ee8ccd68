import { ipcMain, type MessagePortMain } from 'electron';
import { DESK_PORT_CHANNEL } from '#core/contract/desk/transport.ts';
import { isOwnAddress } from './origin.ts';

/** Takes the ports that windows hand over: only those of the desk's own page, from its main frame. */
export function receivePorts(take: (port: MessagePortMain) => void): void {
  ipcMain.on(DESK_PORT_CHANNEL, (event) => {
    const [port] = event.ports;
    const frame = event.senderFrame;
    const isOwnPage = frame !== null && frame.parent === null && isOwnAddress(frame.url);
    if (port === undefined) return;
    if (isOwnPage) {
      take(port);
      return;
    }
    console.warn(`a page that is not the desk asked for the host: ${frame?.url}`);
    port.close();
  });
}

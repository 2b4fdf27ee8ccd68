import { RPCHandler } from '@orpc/server/message-port';
import { ipcMain } from 'electron';
import { DESK_PORT_CHANNEL } from '#core/contract/desk/transport.ts';
import type { Host } from '../../host.ts';
import type { Log } from '../../log.ts';
import { isOwnAddress } from './origin.ts';

/** Answers on the ports that windows hand over: only those of the desk's own page, from its main frame. */
export function answerPorts(router: Host['router'], log: Log): void {
  const handler = new RPCHandler(router);
  ipcMain.on(DESK_PORT_CHANNEL, (event) => {
    const [port] = event.ports;
    const frame = event.senderFrame;
    const isOwnPage = frame !== null && frame.parent === null && isOwnAddress(frame.url);
    if (port === undefined) return;
    if (!isOwnPage) {
      log.warn({ url: frame?.url }, 'a page that is not the desk asked for the host');
      port.close();
      return;
    }
    handler.upgrade(port, { context: {} });
    port.start();
  });
}

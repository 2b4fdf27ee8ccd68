import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { useSyncExternalStore } from 'react';
import { DESK_BRIDGE, DESK_PORT_MESSAGE, DESK_SOCKET_PATH } from '#core/contract/desk/transport.ts';
import { createHostLink, type HostState, type Open } from './host-connection.ts';

const openSocket: Open = (opened, closed) => {
  const url = new URL(DESK_SOCKET_PATH, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  const link = new SocketLink({ websocket: socket });
  socket.addEventListener('open', () => opened(link));
  socket.addEventListener('close', closed);
};

const openPort: Open = (opened, closed) => {
  const { port1, port2 } = new MessageChannel();
  const link = new PortLink({ port: port1 });
  port1.addEventListener('close', closed);
  port1.start();
  window.postMessage(DESK_PORT_MESSAGE, window.location.origin, [port2]);
  opened(link);
};

export const host = createHostLink(DESK_BRIDGE in window ? openPort : openSocket);

/** Whether the desk's host answers; the screen is drawn again when that changes. */
export function useHostState(): HostState {
  return useSyncExternalStore(host.watch, host.state);
}

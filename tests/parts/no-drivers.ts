import type { DriverLauncher } from '../../src/main/devices/launcher.ts';
import { ToDrivers } from '../../src/main/devices/messages.ts';

/** A desk without any device plugged in; the device layer has tests of its own. */
export const noDrivers: DriverLauncher = (listener) => {
  const answer = (data: unknown) => queueMicrotask(() => listener.message(data));
  return {
    pid: undefined,
    send(data) {
      const message = ToDrivers.parse(data);
      if (message.type === 'configure') answer({ type: 'surveyed' });
      if (message.type === 'ping') answer({ type: 'pong', at: message.at });
      if (message.type === 'stop') queueMicrotask(() => listener.exited('stopped'));
    },
    kill: () => listener.exited('killed'),
  };
};

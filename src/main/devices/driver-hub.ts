import type { FromDrivers, ToDrivers } from './messages.ts';
import { createPcscDriver } from './pcsc/pcsc-driver.ts';
import { createSerialDriver } from './serial/serial-driver.ts';
import { createSink } from './sink.ts';

/** All drivers behind the host's messages. */
export interface DriverHub {
  receive(message: ToDrivers): void;
  stop(): Promise<void>;
}

export function createDriverHub(send: (message: FromDrivers) => void): DriverHub {
  const sink = createSink(send);
  const serial = createSerialDriver(sink);
  const pcsc = createPcscDriver(sink);
  void Promise.all([serial.surveyed(), pcsc.surveyed()]).then(() => send({ type: 'surveyed' }));

  async function read(requestId: number, deviceId: string) {
    const reading = serial.read(deviceId) ?? pcsc.read(deviceId);
    const outcome = (await reading) ?? { ok: false as const, reason: 'not_found' as const, detail: null };
    send({ type: 'read', requestId, outcome });
  }

  return {
    receive(message) {
      if (message.type === 'configure') {
        serial.configure(message.settings.serial);
        pcsc.configure(message.settings.pcsc);
      }
      if (message.type === 'read') void read(message.requestId, message.deviceId);
      if (message.type === 'ping') send({ type: 'pong', at: message.at });
    },
    stop: async () => {
      await Promise.all([serial.stop(), pcsc.stop()]);
    },
  };
}

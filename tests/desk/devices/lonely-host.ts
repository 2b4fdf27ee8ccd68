import { pino } from 'pino';
import { DeviceSettings } from '#core/scan/schema.ts';
import { createDeviceService } from '../../../src/main/devices/device-service.ts';
import { forkDrivers } from '../../../src/main/devices/launcher.ts';

// A host with nothing but devices, to be killed: prints the process id of its drivers once they have answered.
const fork = forkDrivers(new URL('../../../src/main/devices/worker.ts', import.meta.url));
let isTold = false;
createDeviceService({
  settings: DeviceSettings.parse({ pcsc: { enabled: false }, serial: { autoDetect: false } }),
  drivers: (listener) => {
    const child = fork({
      ...listener,
      message: (data) => {
        listener.message(data);
        if (!isTold) process.stdout.write(`${child.pid}\n`);
        isTold = true;
      },
    });
    return child;
  },
  onScan: () => undefined,
  onDeviceChange: () => undefined,
  log: pino({ level: 'silent' }),
  now: () => new Date(),
}).start();

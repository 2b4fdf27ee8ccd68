import type { DeviceChange, DeviceSettings, DeviceStatus, DeviceTestResult, Scan } from '#core/scan/schema.ts';
import type { Log } from '../log.ts';
import { createDeviceList } from './device-list.ts';
import { createDeviceTests } from './device-tests.ts';
import { type DriverLauncher, forkDrivers } from './launcher.ts';
import { type FromDrivers, monotonicMs } from './messages.ts';
import { createRepeatFilter, createScan, type RawScan } from './scan-intake.ts';
import { createSupervisor } from './supervisor.ts';

export interface DeviceServiceOptions {
  readonly settings: DeviceSettings;
  /** The drivers' program (`worker.ts` or its bundle), or another way to start it. */
  readonly drivers: URL | DriverLauncher;
  readonly onScan: (scan: Scan) => void;
  readonly onDeviceChange: (change: DeviceChange) => void;
  readonly log: Log;
  readonly now: () => Date;
}

/** Every scanner, modem and SIM reader of the desk, as one stream of scans and one list of devices. */
export interface DeviceService {
  start(): void;
  /** Closes every device and ends the drivers' process; waiting tests end with `stopped`. */
  stop(): Promise<void>;
  /** Takes effect at once, without losing the devices that stay. */
  changeSettings(settings: DeviceSettings): void;
  list(): DeviceStatus[];
  /**
   * Reads the SIM in the device, or waits up to `timeoutMs` for its next scan. That scan is the test's: `onScan` does not
   * get it. A SIM that is inserted while the test waits counts.
   */
  test(deviceId: string, options?: { timeoutMs?: number }): Promise<DeviceTestResult>;
  /** A scan that a screen recognised among its key presses. */
  submitWedgeScan(text: string): void;
}

export const WEDGE_ID = 'wedge';

function wedgeReport(settings: DeviceSettings) {
  const state = settings.wedge.enabled ? ('ready' as const) : ('available' as const);
  const base = { id: WEDGE_ID, source: 'wedge' as const, name: 'wedge', path: null, card: null };
  return { ...base, state, problem: null, detail: null };
}

export function createDeviceService(options: DeviceServiceOptions): DeviceService {
  const { log, now } = options;
  let settings = options.settings;

  /** A listener that throws must not stop the stream for the others. */
  const tell = <T>(listener: (news: T) => void, news: T) => {
    try {
      listener(news);
    } catch (error) {
      log.error({ err: error }, 'a device listener failed');
    }
  };
  const devices = createDeviceList(now, (change) => tell(options.onDeviceChange, change));
  const makeScan = (raw: RawScan) => createScan(raw, now());
  const isNewScan = createRepeatFilter();
  const launch = options.drivers instanceof URL ? forkDrivers(options.drivers) : options.drivers;
  const supervisor = createSupervisor(launch, { message: receive, lost }, log);
  const tests = createDeviceTests({ makeScan, devices, send: (message) => supervisor.send(message) });

  function takeScan(raw: RawScan) {
    if (!isNewScan(raw)) return;
    const scan = makeScan(raw);
    if (!tests.take(scan)) tell(options.onScan, scan);
    devices.scanned(scan.deviceId, scan.at);
  }

  function receive(message: FromDrivers) {
    if (message.type === 'scan') takeScan(message);
    else if (message.type === 'device') devices.put(message.report, message.event);
    else if (message.type === 'gone') devices.remove(message.deviceId);
    else if (message.type === 'surveyed') devices.settle();
    else if (message.type === 'read') tests.answer(message.requestId, message.outcome);
    else if (message.type === 'log') log[message.level]({ detail: message.detail }, message.message);
  }

  function lost() {
    devices.lose();
    tests.driversLost();
  }

  return {
    start() {
      devices.put(wedgeReport(settings), 'added');
      supervisor.start(settings);
    },
    async stop() {
      tests.stop();
      await supervisor.stop();
      for (const device of devices.all()) devices.remove(device.id);
    },
    changeSettings(next) {
      settings = next;
      devices.put(wedgeReport(settings), 'changed');
      supervisor.send({ type: 'configure', settings });
    },
    list: () => devices.all(),
    test: (deviceId, { timeoutMs = 15_000 } = {}) => tests.run(deviceId, timeoutMs),
    submitWedgeScan: (text) => takeScan({ deviceId: WEDGE_ID, source: 'wedge', text, receivedAt: monotonicMs() }),
  };
}

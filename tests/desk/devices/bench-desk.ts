import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { type DeviceChange, DeviceSettings, type DeviceStatus, type Scan } from '#core/scan/schema.ts';
import { createDeviceService, type DeviceService } from '../../../src/main/devices/device-service.ts';
import type { DriverLauncher } from '../../../src/main/devices/launcher.ts';
import { waitUntil } from '../../parts/wait.ts';

export const driversUrl = new URL('../../../src/main/devices/worker.ts', import.meta.url);

/** A device service under test with what it said. */
export interface BenchDesk {
  readonly service: DeviceService;
  readonly scans: Scan[];
  readonly changes: DeviceChange[];
  /** A path in this desk's own folder, for a port. */
  port(name: string): string;
  device(id: string): DeviceStatus | undefined;
  untilState(id: string, state: DeviceStatus['state']): Promise<DeviceStatus>;
  untilScans(count: number): Promise<Scan[]>;
  stop(): Promise<void>;
}

export interface BenchDeskOptions {
  readonly settings?: (port: (name: string) => string) => unknown;
  readonly drivers?: URL | DriverLauncher;
}

const quiet = { pcsc: { enabled: false }, serial: { autoDetect: false } };

/** Starts a device service; without settings it looks for nothing. */
export async function startBenchDesk({ settings, drivers = driversUrl }: BenchDeskOptions = {}): Promise<BenchDesk> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'comptoir-devices-'));
  const port = (name: string) => path.join(folder, name);
  const scans: Scan[] = [];
  const changes: DeviceChange[] = [];
  const service = createDeviceService({
    settings: DeviceSettings.parse(settings?.(port) ?? quiet),
    drivers,
    onScan: (scan) => scans.push(scan),
    onDeviceChange: (change) => changes.push(change),
    log: pino({ level: 'silent' }),
    now: () => new Date(),
  });
  service.start();
  const device = (id: string) => service.list().find((found) => found.id === id);
  return {
    service,
    scans,
    changes,
    port,
    device,
    untilState: (id, state) =>
      waitUntil(
        () => (device(id)?.state === state ? device(id) : undefined),
        `${id} to be ${state}; it is ${JSON.stringify(device(id))}`,
      ),
    untilScans: (count) => waitUntil(() => (scans.length >= count ? scans : undefined), `${count} scans`),
    stop: async () => {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Settings for serial ports only. */
export const onlySerial =
  (...ports: { name: string; role: 'auto' | 'reader' | 'modem' }[]) =>
  (port: (name: string) => string) => ({
    pcsc: { enabled: false },
    serial: { autoDetect: false, ports: ports.map(({ name, role }) => ({ path: port(name), role })) },
  });

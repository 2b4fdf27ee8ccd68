import type { DeviceEvent, ScanSource } from '#core/scan/schema.ts';
import { type DeviceReport, type FromDrivers, monotonicMs, type ReadOutcome } from './messages.ts';

/** Where drivers report to. */
export interface DriverSink {
  /** Adds a device or changes it; says nothing when nothing changed, unless something happened (`event`). */
  put(report: DeviceReport, event?: DeviceEvent): void;
  remove(deviceId: string): void;
  scan(deviceId: string, source: ScanSource, text: string, receivedAt?: number): void;
  log(level: 'info' | 'warn' | 'error', message: string, detail: unknown): void;
}

/** One kind of hardware. `configure` may be called at any time; after `stop` nothing is open and nothing is reported. */
export interface Driver<Settings> {
  configure(settings: Settings): void;
  /** Resolves when the driver has looked once at what is plugged in. */
  surveyed(): Promise<void>;
  /** Reads the SIM in a device now; undefined when the device is not one of this driver's. */
  read(deviceId: string): Promise<ReadOutcome> | undefined;
  stop(): Promise<void>;
}

/** A sink that sends to the host, and knows what it has sent. */
export function createSink(send: (message: FromDrivers) => void): DriverSink {
  const sent = new Map<string, string>();
  return {
    put(report, event) {
      const before = sent.get(report.id);
      const after = JSON.stringify(report);
      if (before === after && event === undefined) return;
      sent.set(report.id, after);
      send({ type: 'device', event: event ?? (before === undefined ? 'added' : 'changed'), report });
    },
    remove(deviceId) {
      if (sent.delete(deviceId)) send({ type: 'gone', deviceId });
    },
    scan(deviceId, source, text, receivedAt = monotonicMs()) {
      send({ type: 'scan', deviceId, source, text, receivedAt });
    },
    log(level, message, detail) {
      const text = detail instanceof Error ? detail.message : String(detail);
      send({ type: 'log', level, message, detail: text.slice(0, 500) });
    },
  };
}

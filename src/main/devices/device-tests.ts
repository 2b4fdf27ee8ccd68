import type { DeviceTestResult, Scan } from '#core/scan/schema.ts';
import type { DeviceList } from './device-list.ts';
import type { ReadOutcome, ToDrivers } from './messages.ts';
import type { RawScan } from './scan-intake.ts';

/** The tests that staff have started on the device page and that have not ended yet. */
export interface DeviceTests {
  run(deviceId: string, timeoutMs: number): Promise<DeviceTestResult>;
  /** Gives a scan to the test that waits for it; false when none does. */
  take(scan: Scan): boolean;
  answer(requestId: number, outcome: ReadOutcome): void;
  driversLost(): void;
  stop(): void;
}

interface Dependencies {
  readonly makeScan: (raw: RawScan) => Scan;
  readonly devices: DeviceList;
  readonly send: (message: ToDrivers) => void;
}

type Refusal = Extract<DeviceTestResult, { ok: false }>['reason'];

export function createDeviceTests({ makeScan, devices, send }: Dependencies): DeviceTests {
  const waiting = new Map<number, { deviceId: string; end: (result: DeviceTestResult) => void }>();
  let lastRequest = 0;

  const refusal = (reason: Refusal, detail: string | null = null): DeviceTestResult => ({ ok: false, reason, detail });

  function endAll(result: DeviceTestResult) {
    for (const { end } of waiting.values()) end(result);
  }

  function scanOf(deviceId: string, text: string, receivedAt: number): DeviceTestResult {
    const source = devices.get(deviceId)?.source ?? 'pcsc';
    return { ok: true, scan: makeScan({ deviceId, source, text, receivedAt }) };
  }

  return {
    run(deviceId, timeoutMs) {
      const device = devices.get(deviceId);
      if (device === undefined) return Promise.resolve(refusal('not_found'));
      if (device.state !== 'ready' && device.state !== 'busy') {
        return Promise.resolve(refusal('not_ready', device.problem));
      }
      lastRequest += 1;
      const requestId = lastRequest;
      return new Promise((resolve) => {
        const timer = setTimeout(() => end(refusal('timeout')), timeoutMs);
        const end = (result: DeviceTestResult) => {
          clearTimeout(timer);
          if (waiting.delete(requestId)) resolve(result);
        };
        waiting.set(requestId, { deviceId, end });
        if (device.card !== null) send({ type: 'read', requestId, deviceId });
      });
    },
    take(scan) {
      const found = [...waiting.values()].find(({ deviceId }) => deviceId === scan.deviceId);
      found?.end({ ok: true, scan });
      return found !== undefined;
    },
    answer(requestId, outcome) {
      const test = waiting.get(requestId);
      if (test === undefined) return;
      if (outcome.ok) test.end(scanOf(test.deviceId, outcome.text, outcome.receivedAt));
      // An empty slot waits for its SIM until the test's time is over.
      else if (outcome.reason !== 'absent') test.end(refusal(outcome.reason, outcome.detail));
    },
    driversLost() {
      for (const { deviceId, end } of waiting.values()) {
        if (devices.get(deviceId)?.source !== 'wedge') end(refusal('not_ready', 'driver_restarting'));
      }
    },
    stop: () => endAll(refusal('stopped')),
  };
}

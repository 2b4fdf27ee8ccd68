import type { DeviceChange, DeviceEvent, DeviceStatus } from '#core/scan/schema.ts';
import type { DeviceReport } from './messages.ts';

/** The devices as the screens see them: reports of the drivers with the host's times. */
export interface DeviceList {
  all(): DeviceStatus[];
  get(deviceId: string): DeviceStatus | undefined;
  put(report: DeviceReport, event: DeviceEvent): void;
  remove(deviceId: string): void;
  scanned(deviceId: string, at: string): void;
  /** The drivers are gone: nothing is known of any of their devices until they are reported again. */
  lose(): void;
  /** The drivers have looked: what was lost and not reported again is not there. */
  settle(): void;
}

export function createDeviceList(now: () => Date, announce: (change: DeviceChange) => void): DeviceList {
  const devices = new Map<string, DeviceStatus>();
  const isDriven = (device: DeviceStatus) => device.source !== 'wedge';

  function set(report: DeviceReport, event: DeviceEvent, lastScanAt: string | null, since: string) {
    const device: DeviceStatus = { ...report, lastScanAt, since };
    devices.set(device.id, device);
    announce({ event, device });
  }

  function put(report: DeviceReport, event: DeviceEvent) {
    const before = devices.get(report.id);
    const since = before?.state === report.state ? before.since : now().toISOString();
    const news = before === undefined ? 'added' : event === 'added' ? 'changed' : event;
    set(report, news, before?.lastScanAt ?? null, since);
  }

  function remove(deviceId: string) {
    const device = devices.get(deviceId);
    if (device !== undefined && devices.delete(deviceId)) announce({ event: 'removed', device });
  }

  return {
    all: () => [...devices.values()],
    get: (deviceId) => devices.get(deviceId),
    put,
    remove,
    scanned(deviceId, at) {
      const device = devices.get(deviceId);
      if (device !== undefined) set(device, 'changed', at, device.since);
    },
    lose() {
      for (const device of [...devices.values()].filter(isDriven)) {
        const card = device.card === null ? null : { state: 'absent' as const, iccid: null, imsi: null };
        put({ ...device, state: 'failed', problem: 'driver_restarting', detail: null, card }, 'changed');
      }
    },
    settle() {
      for (const device of devices.values()) if (device.problem === 'driver_restarting') remove(device.id);
    },
  };
}

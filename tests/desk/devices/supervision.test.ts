import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { Scan } from '#core/scan/schema.ts';
import { type DriverLauncher, forkDrivers } from '../../../src/main/devices/launcher.ts';
import { socat } from '../../parts/available.ts';
import { plugInSerial } from '../../parts/serial-cable.ts';
import { waitUntil } from '../../parts/wait.ts';
import { driversUrl, onlySerial, startBenchDesk } from './bench-desk.ts';

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.stop();
});

/** The real drivers' process, with a way to end it as a crash would. */
function crashable() {
  const pids: number[] = [];
  const fork = forkDrivers(driversUrl);
  const launch: DriverLauncher = (listener) => {
    const child = fork(listener);
    pids.push(child.pid ?? 0);
    return child;
  };
  const signal = (name: NodeJS.Signals) => process.kill(pids.at(-1) ?? 0, name);
  return { launch, pids, crash: () => signal('SIGKILL'), freeze: () => signal('SIGSTOP') };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the keyboard wedge', () => {
  test('is a device; what a screen recognised is a scan, once, and empty text is none', async () => {
    const on = await startBenchDesk();
    open.push(on);
    on.service.submitWedgeScan(' \r');
    on.service.submitWedgeScan('+447700900123');
    on.service.submitWedgeScan('+447700900123');
    expect(on.scans).toHaveLength(1);
    expect(on.scans[0]).toMatchObject({
      source: 'wedge',
      deviceId: 'wedge',
      value: { kind: 'msisdn' },
      alternatives: [],
    });
    expect(on.device('wedge')).toMatchObject({ state: 'ready', lastScanAt: on.scans[0]?.at });
  });

  test('is tested with its next scan', async () => {
    const on = await startBenchDesk();
    open.push(on);
    const result = on.service.test('wedge');
    on.service.submitWedgeScan('490154203237518');
    expect(await result).toMatchObject({ ok: true, scan: { value: { kind: 'imei' } } });
    expect(on.scans).toEqual([]);
  });
});

test('a device that does not exist cannot be tested', async () => {
  const on = await startBenchDesk();
  open.push(on);
  expect(await on.service.test('serial:nothing')).toEqual({ ok: false, reason: 'not_found', detail: null });
});

test('a test that is waiting ends when the service stops, and no device is left', async () => {
  const on = await startBenchDesk();
  open.push(on);
  const result = on.service.test('wedge', { timeoutMs: 60_000 });
  await on.service.stop();
  expect(await result).toMatchObject({ ok: false, reason: 'stopped' });
  expect(on.service.list()).toEqual([]);
});

test('a listener that throws does not stop the scans', async () => {
  const seen: Scan[] = [];
  const on = await startBenchDesk();
  open.push(on);
  on.scans.push = (scan: Scan) => {
    seen.push(scan);
    throw new Error('a screen failed');
  };
  on.service.submitWedgeScan('first scan');
  on.service.submitWedgeScan('second scan');
  expect(seen).toHaveLength(2);
});

describe.skipIf(!socat.available)(`the drivers' process [needs socat: ${socat.reason}]`, () => {
  test('that crashes is started again; its devices come back, and the scans go on', async () => {
    const drivers = crashable();
    const on = await startBenchDesk({
      settings: onlySerial({ name: 'reader', role: 'reader' }),
      drivers: drivers.launch,
    });
    open.push(on);
    const id = `serial:${on.port('reader')}`;
    const cable = await plugInSerial(on.port('reader'));
    open.push({ stop: () => cable.unplug() });
    for (let round = 1; round <= 3; round += 1) {
      await on.untilState(id, 'ready');
      await cable.send(`SCAN-${round}\r`);
      await on.untilScans(round);
      drivers.crash();
      await waitUntil(
        () => on.changes.filter((c) => c.device.problem === 'driver_restarting').length >= round,
        'the crash to be seen',
      );
    }
    await on.untilState(id, 'ready');
    expect(drivers.pids).toHaveLength(4);
    expect(on.scans.map((scan) => scan.text)).toEqual(['SCAN-1', 'SCAN-2', 'SCAN-3']);
  });

  test('that crashes while a test waits ends the test', async () => {
    const drivers = crashable();
    const on = await startBenchDesk({
      settings: onlySerial({ name: 'reader', role: 'reader' }),
      drivers: drivers.launch,
    });
    open.push(on);
    const cable = await plugInSerial(on.port('reader'));
    open.push({ stop: () => cable.unplug() });
    await on.untilState(`serial:${on.port('reader')}`, 'ready');
    const result = on.service.test(`serial:${on.port('reader')}`);
    drivers.crash();
    expect(await result).toMatchObject({ ok: false, reason: 'not_ready' });
  });
});

test("a drivers' process that hangs is replaced, while the host goes on", async () => {
  const drivers = crashable();
  const on = await startBenchDesk({ drivers: drivers.launch });
  open.push(on);
  drivers.freeze();
  on.service.submitWedgeScan('490154203237518');
  expect(on.scans).toHaveLength(1);
  await waitUntil(() => drivers.pids.length === 2, 'another process', 60_000);
  expect(isRunning(drivers.pids[0] ?? 0)).toBe(false);
});

test("the drivers' process ends when its host is killed", async () => {
  const host = spawn(process.execPath, [fileURLToPath(new URL('./lonely-host.ts', import.meta.url))]);
  const pid = await new Promise<number>((resolve) => {
    host.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk)));
  });
  expect(isRunning(pid)).toBe(true);
  host.kill('SIGKILL');
  await waitUntil(() => !isRunning(pid), "the drivers' process to end");
});

test.skipIf(process.platform !== 'linux')('ports that the system cannot list are reported plainly', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    const on = await startBenchDesk({ settings: () => ({ pcsc: { enabled: false }, serial: { autoDetect: true } }) });
    open.push(on);
    expect(await on.untilState('serial', 'failed')).toMatchObject({ problem: 'port_list_failed', source: 'serial' });
  } finally {
    process.env.PATH = path;
  }
});

test("the drivers' process ends with its host's service and leaves nothing behind", async () => {
  let ended = '';
  const fork = forkDrivers(driversUrl);
  const on = await startBenchDesk({
    drivers: (listener) =>
      fork({
        ...listener,
        exited: (detail) => {
          ended = detail;
          listener.exited(detail);
        },
      }),
  });
  await on.stop();
  expect(ended).toBe('exit code 0');
});

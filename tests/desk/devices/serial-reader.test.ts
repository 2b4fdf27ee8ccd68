import { afterEach, describe, expect, test } from 'vitest';
import { DeviceSettings } from '#core/scan/schema.ts';
import { socat } from '../../parts/available.ts';
import { plugInSerial, type SerialCable } from '../../parts/serial-cable.ts';
import { waitUntil } from '../../parts/wait.ts';
import { type BenchDesk, onlySerial, startBenchDesk } from './bench-desk.ts';

const ICCID = '89441100682500000124';

describe.skipIf(!socat.available)(`a serial reader [needs socat: ${socat.reason}]`, () => {
  const open: { stop(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const thing of open.splice(0).reverse()) await thing.stop();
  });

  async function desk(role: 'auto' | 'reader' = 'reader'): Promise<BenchDesk> {
    const started = await startBenchDesk({ settings: onlySerial({ name: 'reader', role }) });
    open.push(started);
    return started;
  }

  async function plugIn(path: string): Promise<SerialCable> {
    const cable = await plugInSerial(path);
    open.push({ stop: () => cable.unplug() });
    return cable;
  }

  const idOf = (on: BenchDesk) => `serial:${on.port('reader')}`;

  test('is missing until it is plugged in, and then its lines are scans', async () => {
    const on = await desk();
    expect(await on.untilState(idOf(on), 'missing')).toMatchObject({ problem: 'port_missing', source: 'serial' });
    const cable = await plugIn(on.port('reader'));
    await on.untilState(idOf(on), 'ready');
    await cable.send(`]C1${ICCID}\r\n`);
    const [scan] = await on.untilScans(1);
    expect(scan).toMatchObject({
      source: 'serial',
      deviceId: idOf(on),
      text: `]C1${ICCID}`,
      value: { kind: 'iccid', iccid: ICCID, check: 'verified' },
    });
    expect(scan?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(on.device(idOf(on))?.lastScanAt).toBe(scan?.at);
  });

  test('that is unplugged and plugged in again works again, and nothing is read twice', async () => {
    const on = await desk();
    for (let round = 1; round <= 3; round += 1) {
      const cable = await plugIn(on.port('reader'));
      await on.untilState(idOf(on), 'ready');
      await cable.send(`REPLUG-${round}\r`);
      await on.untilScans(round);
      await cable.unplug();
      await on.untilState(idOf(on), 'missing');
    }
    expect(on.scans.map((scan) => scan.text)).toEqual(['REPLUG-1', 'REPLUG-2', 'REPLUG-3']);
  });

  test('that sends half a code and is unplugged leaves nothing behind for the next code', async () => {
    const on = await desk();
    const broken = await plugIn(on.port('reader'));
    await on.untilState(idOf(on), 'ready');
    await broken.send('89441100');
    await broken.unplug();
    await on.untilState(idOf(on), 'missing');
    const cable = await plugIn(on.port('reader'));
    await on.untilState(idOf(on), 'ready');
    await cable.send(`${ICCID}\r`);
    expect((await on.untilScans(1)).map((scan) => scan.text)).toEqual([ICCID]);
  });

  test('that repeats a code while it is held on it gives one scan', async () => {
    const on = await desk();
    const cable = await plugIn(on.port('reader'));
    await on.untilState(idOf(on), 'ready');
    await cable.send(`${ICCID}\r\n${ICCID}\r\n${ICCID}\r\n490154203237518\r\n`);
    await on.untilScans(2);
    expect(on.scans.map((scan) => scan.value.kind)).toEqual(['iccid', 'imei']);
  });

  test('that sends 10 MB of garbage is reported, floods nobody, and its next code is read', async () => {
    const on = await desk();
    const cable = await plugIn(on.port('reader'));
    await on.untilState(idOf(on), 'ready');
    const unended = new Uint8Array(512 * 1024).map((_, i) => 33 + (i % 90));
    const noisyLines = Buffer.from(
      Array.from({ length: 20_000 }, (_, i) => `\u0001\u00ff\u009d noise\rjunk-${i}\r`).join(''),
      'latin1',
    );
    for (let part = 0; part < 10; part += 1) {
      await cable.send(unended);
      await cable.send(noisyLines);
    }
    await cable.send(`\r${ICCID}\r`);
    const scan = await waitUntil(
      () => on.scans.find((found) => found.text === ICCID),
      'the code after the garbage',
      60_000,
    );
    expect(scan.value.kind).toBe('iccid');
    const reports = on.changes.filter((change) => change.event === 'input_dropped');
    expect(reports[0]?.device).toMatchObject({ state: 'ready', problem: 'input_dropped' });
    expect(reports.length).toBeLessThan(100);
    expect(on.scans.length).toBeLessThan(20);
  });

  test('that must be asked what it is stays a reader, and a code sent meanwhile is not lost', async () => {
    const on = await desk('auto');
    const cable = await plugIn(on.port('reader'));
    const asked = new Promise<void>((resolve) => cable.onReceive(() => resolve()));
    await asked;
    await cable.send(`${ICCID}\r`);
    expect((await on.untilScans(1))[0]).toMatchObject({ source: 'serial', text: ICCID });
    await on.untilState(idOf(on), 'ready');
  });

  test('that says nothing when asked is a reader', async () => {
    const on = await desk('auto');
    const cable = await plugIn(on.port('reader'));
    await on.untilState(idOf(on), 'ready');
    await cable.send(`${ICCID}\r`);
    expect((await on.untilScans(1))[0]?.source).toBe('serial');
  });

  test('gives its next scan to the test that waits for it, and to no one else', async () => {
    const on = await desk();
    const cable = await plugIn(on.port('reader'));
    await on.untilState(idOf(on), 'ready');
    const result = on.service.test(idOf(on));
    await cable.send('TESTED-1\r');
    expect(await result).toMatchObject({ ok: true, scan: { text: 'TESTED-1' } });
    await cable.send('AFTER-1\r');
    await on.untilScans(1);
    expect(on.scans.map((scan) => scan.text)).toEqual(['AFTER-1']);
  });

  test('that sends nothing fails its test when the time is over', async () => {
    const on = await desk();
    await plugIn(on.port('reader'));
    await on.untilState(idOf(on), 'ready');
    expect(await on.service.test(idOf(on), { timeoutMs: 50 })).toMatchObject({ ok: false, reason: 'timeout' });
  });

  test('is closed when the settings no longer name it, and opened when they do', async () => {
    const on = await desk();
    await plugIn(on.port('reader'));
    await on.untilState(idOf(on), 'ready');
    const without = onlySerial()(on.port);
    on.service.changeSettings(DeviceSettings.parse(without));
    await waitUntil(() => on.device(idOf(on)) === undefined, 'the port to be forgotten');
    on.service.changeSettings(DeviceSettings.parse(onlySerial({ name: 'reader', role: 'reader' })(on.port)));
    await on.untilState(idOf(on), 'ready');
  });

  test('that another program holds is reported as busy and taken when it is free', async () => {
    const holder = await startBenchDesk({ settings: onlySerial({ name: 'reader', role: 'reader' }) });
    open.push(holder);
    await plugIn(holder.port('reader'));
    await holder.untilState(idOf(holder), 'ready');
    const second = await startBenchDesk({
      settings: () => onlySerial({ name: 'reader', role: 'reader' })(holder.port),
    });
    open.push(second);
    expect((await second.untilState(idOf(holder), 'failed')).problem).toBe('port_busy');
    await holder.service.stop();
    await second.untilState(idOf(holder), 'ready');
  });
});

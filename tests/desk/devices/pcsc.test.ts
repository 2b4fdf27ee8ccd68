import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DeviceSettings } from '#core/scan/schema.ts';
import { pcscd as pcscdPart } from '../../parts/available.ts';
import { type Pcscd, startPcscd } from '../../parts/pcscd.ts';
import { insertVirtualSim, type VirtualSim, type VirtualSimOptions } from '../../parts/virtual-sim.ts';
import { waitUntil } from '../../parts/wait.ts';
import { type BenchDesk, startBenchDesk } from './bench-desk.ts';

const ICCID = '8944110068250000010';
const OTHER = '89441100682500000124';
const onlyPcsc = () => ({ pcsc: { enabled: true }, serial: { autoDetect: false } });

describe.skipIf(!pcscdPart.available)(`a PC/SC reader [needs pcscd: ${pcscdPart.reason}]`, () => {
  let pcscd: Pcscd;
  const open: { stop(): Promise<void> }[] = [];
  beforeAll(async () => {
    pcscd = await startPcscd();
  });
  afterAll(() => pcscd?.stop());
  afterEach(async () => {
    for (const thing of open.splice(0)) await thing.stop();
  });

  /** The reader whose slot the virtual SIM goes into is the first of the driver's two. */
  const readerOf = (on: BenchDesk) => on.service.list().find((d) => d.source === 'pcsc' && / 00 00$/.test(d.name));
  const untilEmpty = (on: BenchDesk) =>
    waitUntil(() => (readerOf(on)?.card?.state === 'absent' ? readerOf(on) : undefined), 'an empty reader');

  async function desk(): Promise<BenchDesk> {
    const on = await startBenchDesk({ settings: onlyPcsc });
    open.push(on);
    return on;
  }

  async function insert(options: Omit<VirtualSimOptions, 'port'>): Promise<VirtualSim> {
    const sim = await insertVirtualSim({ port: pcscd.readerPort, ...options });
    open.unshift({ stop: () => sim.remove() });
    return sim;
  }

  test('is ready and empty; an inserted SIM is a scan, and no PIN is tried', async () => {
    const on = await desk();
    expect(await untilEmpty(on)).toMatchObject({ state: 'ready', problem: null, source: 'pcsc' });
    const sim = await insert({ iccid: ICCID });
    const [scan] = await on.untilScans(1);
    expect(scan).toMatchObject({ source: 'pcsc', value: { kind: 'iccid', iccid: ICCID, check: 'verified' } });
    expect(readerOf(on)?.card).toEqual({ state: 'read', iccid: ICCID, imsi: null });
    expect(sim.commands.every((command) => !/^..20/.test(command))).toBe(true);
    await sim.remove();
    await untilEmpty(on);
    expect(on.changes.map((change) => change.event).filter((event) => event.startsWith('card_'))).toEqual([
      'card_inserted',
      'card_read',
      'card_removed',
    ]);
  });

  test.each(['2g', 'usim'] as const)('reads a card that speaks only %s', async (style) => {
    const on = await desk();
    await untilEmpty(on);
    await insert({ iccid: OTHER, style });
    expect((await on.untilScans(1))[0]?.text).toBe(OTHER);
  });

  test('scans a card again each time it is inserted', async () => {
    const on = await desk();
    for (let round = 1; round <= 3; round += 1) {
      await untilEmpty(on);
      const sim = await insert({ iccid: ICCID });
      await on.untilScans(round);
      await sim.remove();
    }
    await untilEmpty(on);
    expect(on.scans).toHaveLength(3);
  });

  test.each(['select', 'read'] as const)(
    'whose card is pulled out at %s says so, and reads the next card',
    async (pullOutAt) => {
      const on = await desk();
      await untilEmpty(on);
      await insert({ iccid: ICCID, pullOutAt });
      await waitUntil(() => on.changes.some((change) => change.event === 'card_removed'), 'card_removed');
      expect(await untilEmpty(on)).toMatchObject({
        state: 'ready',
        problem: 'card_removed',
        card: { state: 'absent', iccid: null },
      });
      expect(on.scans).toEqual([]);
      await insert({ iccid: OTHER });
      expect((await on.untilScans(1)).map((scan) => scan.text)).toEqual([OTHER]);
      expect(readerOf(on)?.problem).toBeNull();
      expect(on.changes.some((change) => change.event === 'card_failed')).toBe(false);
    },
  );

  test('says when a card refuses its file, and is ready for the next', async () => {
    const on = await desk();
    await untilEmpty(on);
    const bad = await insert({ iccid: ICCID, readStatus: 0x6982 });
    const failed = await waitUntil(() => on.changes.find((change) => change.event === 'card_failed'), 'card_failed');
    expect(failed.device).toMatchObject({ state: 'ready', problem: 'card_unreadable', card: { state: 'unreadable' } });
    expect(failed.device.detail).toContain('6982');
    await bad.remove();
    await untilEmpty(on);
    await insert({ iccid: ICCID });
    await on.untilScans(1);
  });

  test('a card that is already in it at the start is shown, read on request, and is no scan', async () => {
    const witness = await desk();
    await untilEmpty(witness);
    await insert({ iccid: ICCID });
    await witness.untilScans(1);
    const on = await desk();
    const reader = await waitUntil(() => (readerOf(on)?.card?.iccid === ICCID ? readerOf(on) : undefined), 'the card');
    expect(on.scans).toEqual([]);
    expect(await on.service.test(reader.id)).toMatchObject({ ok: true, scan: { text: ICCID, source: 'pcsc' } });
    expect(on.scans).toEqual([]);
  });

  test('an empty reader under test waits for a card', async () => {
    const on = await desk();
    const reader = await untilEmpty(on);
    const waiting = on.service.test(reader.id);
    await insert({ iccid: OTHER });
    expect(await waiting).toMatchObject({ ok: true, scan: { text: OTHER } });
    expect(on.scans).toEqual([]);
  });

  test('is gone when SIM readers are switched off; back on, the card that stayed in it is shown and is no scan', async () => {
    const on = await desk();
    await untilEmpty(on);
    await insert({ iccid: ICCID });
    await on.untilScans(1);
    on.service.changeSettings(DeviceSettings.parse({ ...onlyPcsc(), pcsc: { enabled: false } }));
    await waitUntil(() => readerOf(on) === undefined, 'the reader to be gone');
    on.service.changeSettings(DeviceSettings.parse(onlyPcsc()));
    await waitUntil(() => readerOf(on)?.card?.iccid === ICCID, 'the card to be shown');
    expect(on.scans).toHaveLength(1);
  });

  test('a service that dies is reported, and when it is back the reader works without a spurious scan', async (context) => {
    if (!pcscd.isOwned) return context.skip('the machine has its own pcscd, which is not killed');
    const on = await desk();
    await untilEmpty(on);
    await pcscd.kill();
    const missing = await on.untilState('pcsc', 'service_missing');
    expect(missing.problem).toBe('pcsc_service_missing');
    expect(readerOf(on)).toBeUndefined();
    await pcscd.restart();
    await untilEmpty(on);
    expect(on.device('pcsc')).toBeUndefined();
    await insert({ iccid: ICCID });
    expect((await on.untilScans(1)).map((scan) => scan.text)).toEqual([ICCID]);
  });
});

import { afterEach, describe, expect, test } from 'vitest';
import { DeviceSettings } from '#core/scan/schema.ts';
import { encodeIccid } from '#core/scan/sim-apdu.ts';
import { createAtChannel } from '../../../src/main/devices/serial/at-channel.ts';
import { iccidInAnswer } from '../../../src/main/devices/serial/modem-sim.ts';
import { socat } from '../../parts/available.ts';
import { type ModemMake, plugInModem, type VirtualModem } from '../../parts/virtual-modem.ts';
import { waitUntil } from '../../parts/wait.ts';
import { type BenchDesk, onlySerial, startBenchDesk } from './bench-desk.ts';

const FIRST = { iccid: '89441100682500000124', imsi: '234150999999991' };
const SECOND = { iccid: '8944110068250000010', imsi: '234150999999992' };

describe.skipIf(!socat.available)(`an AT modem [needs socat: ${socat.reason}]`, () => {
  const open: { stop(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const thing of open.splice(0).reverse()) await thing.stop();
  });

  async function deskWith(role: 'auto' | 'modem'): Promise<{ on: BenchDesk; id: string }> {
    const on = await startBenchDesk({ settings: onlySerial({ name: 'modem', role }) });
    open.push(on);
    const id = `serial:${on.port('modem')}`;
    await on.untilState(id, 'missing');
    return { on, id };
  }

  async function plugIn(on: BenchDesk, make?: ModemMake): Promise<VirtualModem> {
    const modem = await plugInModem(on.port('modem'), make);
    open.push({ stop: () => modem.cable.unplug() });
    return modem;
  }

  const untilCard = (on: BenchDesk, id: string, iccid: string | null) =>
    waitUntil(() => {
      const card = on.device(id)?.card;
      return card !== null && card?.iccid === iccid;
    }, `the SIM ${iccid} in ${id}`);

  test('is found out by asking, and an inserted SIM is a scan with its IMSI on the device page', async () => {
    const { on, id } = await deskWith('auto');
    const modem = await plugIn(on);
    const empty = await on.untilState(id, 'ready');
    expect(empty).toMatchObject({ source: 'modem', card: { state: 'absent' } });
    modem.setSim(FIRST);
    const [scan] = await on.untilScans(1);
    expect(scan).toMatchObject({ source: 'modem', value: { kind: 'iccid', iccid: FIRST.iccid, check: 'verified' } });
    await waitUntil(() => on.device(id)?.card?.imsi === FIRST.imsi, 'the IMSI');
  });

  test('scans each SIM that replaces another, once', async () => {
    const { on, id } = await deskWith('modem');
    const modem = await plugIn(on);
    for (const sim of [FIRST, SECOND, null, SECOND]) {
      modem.setSim(sim);
      await untilCard(on, id, sim?.iccid ?? null);
    }
    await on.untilScans(3);
    expect(on.scans.map((scan) => scan.text)).toEqual([FIRST.iccid, SECOND.iccid, SECOND.iccid]);
    expect(on.changes.map((change) => change.event)).toContain('card_removed');
  });

  test('with a SIM in it that is plugged in scans it; one that was there at the start only shows it', async () => {
    const early = await startBenchDesk();
    open.push(early);
    const before = await plugIn(early);
    before.setSim(FIRST);
    early.service.changeSettings(DeviceSettings.parse(onlySerial({ name: 'modem', role: 'modem' })(early.port)));
    await untilCard(early, `serial:${early.port('modem')}`, FIRST.iccid);
    expect(early.scans).toEqual([]);
    await before.cable.unplug();
    await early.untilState(`serial:${early.port('modem')}`, 'missing');
    const after = await plugIn(early);
    after.setSim(FIRST);
    expect((await early.untilScans(1))[0]?.text).toBe(FIRST.iccid);
  });

  test.each<[string, ModemMake]>([
    ['AT+ICCID', { question: 'AT+ICCID', answer: (iccid) => `ICCID: ${iccid}` }],
    ['AT^ICCID?', { question: 'AT^ICCID?', answer: (iccid) => `^ICCID: ${iccid}F` }],
    ['a bare number', { question: 'AT+CCID', answer: (iccid) => `"${iccid}"`, echoes: true }],
    [
      'the bytes of the file',
      {
        question: 'AT+CRSM=176,12258,0,0,10',
        answer: (iccid) => `+CRSM: 144,0,"${Buffer.from(encodeIccid(iccid)).toString('hex').toUpperCase()}"`,
      },
    ],
  ])('that answers with %s is understood', async (_how, make) => {
    const { on } = await deskWith('modem');
    const modem = await plugIn(on, make);
    modem.setSim(SECOND);
    expect((await on.untilScans(1))[0]?.text).toBe(SECOND.iccid);
    expect(modem.commands.some((command) => command.includes('CPIN'))).toBe(false);
  });

  test('is read on request, and waits for a SIM when it is empty', async () => {
    const { on, id } = await deskWith('modem');
    const modem = await plugIn(on);
    await on.untilState(id, 'ready');
    const waiting = on.service.test(id);
    modem.setSim(FIRST);
    expect(await waiting).toMatchObject({ ok: true, scan: { text: FIRST.iccid, source: 'modem' } });
    await untilCard(on, id, FIRST.iccid);
    expect(await on.service.test(id)).toMatchObject({ ok: true, scan: { text: FIRST.iccid } });
    expect(on.scans).toEqual([]);
  });

  test('that stops answering is reported, and works again after it was replugged', async () => {
    const { on, id } = await deskWith('modem');
    const modem = await plugIn(on);
    await on.untilState(id, 'ready');
    modem.hang();
    expect((await on.untilState(id, 'failed')).problem).toBe('modem_silent');
    await modem.cable.unplug();
    await on.untilState(id, 'missing');
    const fresh = await plugIn(on);
    await on.untilState(id, 'ready');
    fresh.setSim(FIRST);
    await on.untilScans(1);
  });
});

test.each([
  ['+CCID: 89441100682500000124', '89441100682500000124'],
  ['^ICCID: 8944110068250000010F', '8944110068250000010'],
  ['"8944110068250000010F"', '8944110068250000010'],
  ['+CRSM: 144,0,"984411008652000010F0"', '8944110068250000010'],
  ['98441100865200001042', '89441100682500000124'],
  ['+CRSM: 106,130', null],
  ['234150999999991', null],
  ['', null],
])('the answer %s holds the ICCID %s', (line, iccid) => {
  expect(iccidInAnswer(['RING', line])).toBe(iccid);
});

test('commands wait for each other, and a lost answer is a timeout for its own command only', async () => {
  const written: string[] = [];
  const channel = createAtChannel((text) => written.push(text));
  const first = channel.ask('AT+ONE', 20);
  const second = channel.ask('AT+TWO', 5_000);
  expect(await first).toEqual({ ok: false, reason: 'timeout', detail: 'AT+ONE' });
  await waitUntil(() => written.length === 2, 'the second command');
  channel.receive('+TWO: 2');
  channel.receive('OK');
  expect(await second).toEqual({ ok: true, lines: ['+TWO: 2'] });
  expect(channel.receive('RING')).toBe(false);
});

test('a closed channel answers everything that waits', async () => {
  const channel = createAtChannel(() => undefined);
  const asked = [channel.ask('AT'), channel.ask('AT')];
  await Promise.resolve();
  channel.close();
  for (const answer of await Promise.all(asked)) expect(answer).toMatchObject({ ok: false, reason: 'closed' });
});

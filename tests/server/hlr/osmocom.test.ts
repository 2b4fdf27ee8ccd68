import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Hlr } from '../../../src/server/hlr/hlr.ts';
import { frame } from '../../../src/server/hlr/ipa.ts';
import { osmocomHlr } from '../../../src/server/hlr/osmocom.ts';
import { osmoHlr } from '../../parts/available.ts';
import { type OsmoHlr, startOsmoHlr } from '../../parts/osmo-hlr.ts';

const signal = () => AbortSignal.timeout(20_000);
const line = (last: number) => ({
  imsi: `23415000000000${last}`,
  msisdn: `44770090012${last}`,
  iccid: `894410000000009000${last}`,
});

describe.skipIf(!osmoHlr.available)(`a real Osmocom HLR${osmoHlr.reason && ` (${osmoHlr.reason})`}`, () => {
  let real: OsmoHlr;
  let hlr: Hlr;
  beforeAll(async () => {
    real = await startOsmoHlr();
    hlr = osmocomHlr(new URL(real.url));
  });
  afterAll(() => real?.stop());

  test('it answers the check', async () => {
    await hlr.check(signal());
  });

  test('a card that it does not know is made, with its number, for calls and data', async () => {
    expect(await hlr.find(line(1).imsi, signal())).toBeNull();
    await hlr.activate(line(1), signal());
    expect(await hlr.find(line(1).imsi, signal())).toEqual({
      imsi: line(1).imsi,
      msisdn: line(1).msisdn,
      csEnabled: true,
      psEnabled: true,
    });
  });

  test('activating twice is as once', async () => {
    await hlr.activate(line(2), signal());
    await hlr.activate(line(2), signal());
    expect(await hlr.find(line(2).imsi, signal())).toMatchObject({ msisdn: line(2).msisdn });
  });

  test('deactivating takes number and access, and leaves the card; again changes nothing', async () => {
    await hlr.activate(line(3), signal());
    await hlr.deactivate(line(3), signal());
    const off = { imsi: line(3).imsi, msisdn: null, csEnabled: false, psEnabled: false };
    expect(await hlr.find(line(3).imsi, signal())).toEqual(off);
    await hlr.deactivate(line(3), signal());
    await hlr.activate(line(3), signal());
    expect(await hlr.find(line(3).imsi, signal())).toMatchObject({ csEnabled: true, psEnabled: true });
  });

  test('a card it never knew can be deactivated', async () => {
    await hlr.deactivate(line(4), signal());
    expect(await hlr.find(line(4).imsi, signal())).toBeNull();
  });

  test('a card that serves another number is refused, and keeps it', async () => {
    await hlr.activate(line(5), signal());
    const taking = { ...line(5), msisdn: '447700900199' };
    await expect(hlr.activate(taking, signal())).rejects.toMatchObject({ code: 'connector_refused' });
    await hlr.deactivate(taking, signal());
    expect(await hlr.find(line(5).imsi, signal())).toMatchObject({ msisdn: line(5).msisdn, csEnabled: true });
  });

  test('a number that another card has is refused', async () => {
    await hlr.activate(line(6), signal());
    const second = { ...line(7), msisdn: line(6).msisdn };
    await expect(hlr.activate(second, signal())).rejects.toMatchObject({ code: 'connector_refused' });
  });

  test('an IMSI that is none is refused', async () => {
    await expect(hlr.activate({ ...line(8), imsi: '12' }, signal())).rejects.toMatchObject({
      code: 'connector_refused',
    });
  });

  test('while it is down it is unreachable; after its return it knows its cards', async () => {
    await hlr.activate(line(9), signal());
    await real.kill();
    await expect(hlr.check(signal())).rejects.toMatchObject({ code: 'connector_unreachable' });
    await expect(hlr.activate(line(9), signal())).rejects.toMatchObject({ code: 'connector_unreachable' });
    await real.restart();
    expect(await hlr.find(line(9).imsi, signal())).toMatchObject({ msisdn: line(9).msisdn });
  });
});

describe('something else at the control interface', () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function pretend(answer: (text: string) => Buffer | null): Promise<Hlr> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        const reply = answer(data.subarray(4).toString());
        if (reply === null) socket.destroy();
        else socket.write(reply);
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('no address');
    return osmocomHlr(new URL(`tcp://127.0.0.1:${address.port}`));
  }

  test.each<[string, (text: string) => Buffer | null, string]>([
    ['hangs up', () => null, 'connector_unreachable'],
    ['sends an empty frame', () => Buffer.from([0, 0, 0xee]), 'connector_bad_answer'],
    ['sends words without sense', () => frame('hello'), 'connector_bad_answer'],
    [
      'answers another question',
      (text) => frame(text.replace(/^GET (\d+).*/, 'SET_REPLY $1 x y')),
      'connector_bad_answer',
    ],
    [
      'describes another card',
      (text) => frame(text.replace(/^GET (\d+) (\S+)/, 'GET_REPLY $1 $2 \nimsi\t999')),
      'connector_bad_answer',
    ],
    ['says no', (text) => frame(text.replace(/^GET (\d+).*/, 'ERROR $1 An error has occurred.')), 'connector_refused'],
  ])('that %s', async (_, answer, code) => {
    const hlr = await pretend(answer);
    await expect(hlr.find('234150000000001', signal())).rejects.toMatchObject({ code });
  });

  test('that says nothing is given up when the caller does', async () => {
    const hlr = await pretend(() => Buffer.alloc(0));
    await expect(hlr.find('234150000000001', AbortSignal.timeout(300))).rejects.toMatchObject({
      code: 'connector_unreachable',
    });
  });

  test('an answer cut into single bytes is read, between notices that nobody asked for', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', async () => {
        const notice = frame('TRAP 0 something happened');
        const reply = frame(
          'GET_REPLY 1 subscriber.by-imsi-234150000000001.info \nimsi\t234150000000001\nnam_cs\t1\nnam_ps\t0',
        );
        const other = Buffer.from([0, 1, 0xfe, 0x00]);
        for (const byte of Buffer.concat([other, notice, reply])) socket.write(Buffer.from([byte]));
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address() as { port: number };
    const hlr = osmocomHlr(new URL(`tcp://127.0.0.1:${address.port}`));
    expect(await hlr.find('234150000000001', signal())).toEqual({
      imsi: '234150000000001',
      msisdn: null,
      csEnabled: true,
      psEnabled: false,
    });
  });
});

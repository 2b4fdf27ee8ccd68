import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { startGateway } from '../../parts/gateway.ts';
import { testFolders } from '../folder.ts';
import { activeMobileService, completeDraft, freeItems, JOHN_SMITH, SALES } from './counter.ts';
import { startDesk, type TestDesk } from './test-desk.ts';

const newFolder = testFolders();
let central: TestCentral;
let counter: TestDesk;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
});
afterAll(() => central.stop());

async function openCounter(centralUrl = central.url): Promise<TestDesk> {
  counter = await startDesk({ dataDir: newFolder(), centralUrl });
  await counter.signIn(SALES);
  return counter;
}

describe('what a scan leads to', () => {
  it('a SIM in every spelling leads to its item', async () => {
    const { desk } = await openCounter();
    const [sim] = await freeItems(counter, 'sim_card');
    const iccid = sim?.identifiers.iccid ?? '';
    const spellings = [iccid, iccid.slice(0, -1), `${iccid}F`, `]C1${iccid}\r\n`, `ICCID: ${iccid}`, sim?.label ?? ''];
    for (const text of spellings) {
      const match = await desk.scans.resolve({ text });
      expect(match, text).toMatchObject({ kind: 'item', item: { id: sim?.id }, owner: null });
    }
  });

  it('an assigned SIM leads to its owner', async () => {
    const { desk } = await openCounter();
    const service = await activeMobileService(counter);
    const iccid = service.items.find(({ identifiers }) => identifiers.iccid)?.identifiers.iccid ?? '';
    expect(await desk.scans.resolve({ text: iccid })).toMatchObject({
      kind: 'item',
      owner: { customerId: service.customerId, customerName: service.customerName, serviceId: service.id },
    });
  });

  it('a number is found as printed, with and without its plus', async () => {
    const { desk } = await openCounter();
    const [number] = await freeItems(counter, 'mobile_number');
    const e164 = number?.identifiers.msisdn ?? '';
    for (const text of [e164, e164.slice(1), `tel:${e164}`, `00${e164.slice(1)}`]) {
      expect(await desk.scans.resolve({ text }), text).toMatchObject({ kind: 'item', item: { id: number?.id } });
    }
  });

  it('a wrong check digit is refused as a misread, an unknown card is not', async () => {
    const { desk } = await openCounter();
    expect(await desk.scans.resolve({ text: '89441000000000000008' })).toMatchObject({
      kind: 'invalid',
      reason: 'iccid_luhn',
    });
    expect(await desk.scans.resolve({ text: 'WHATEVER-123' })).toEqual({ kind: 'none' });
  });

  it('receipts lead to their order, customer or parked draft', async () => {
    const { desk } = await openCounter();
    expect(await desk.scans.resolve({ text: `comptoir:customer:${JOHN_SMITH}` })).toEqual({
      kind: 'customer',
      customerId: JOHN_SMITH,
    });
    const draft = await completeDraft(counter);
    expect(await desk.scans.resolve({ text: `COMPTOIR:DRAFT:${draft.id}` })).toEqual({
      kind: 'draft',
      draftId: draft.id,
    });
    const { order } = await desk.drafts.confirm({ draftId: draft.id });
    expect(await desk.scans.resolve({ text: `comptoir:order:${order?.id}` })).toEqual({
      kind: 'order',
      orderId: order?.id,
      jobId: order?.jobId,
      customerId: JOHN_SMITH,
    });
    const elsewhere = await openCounter();
    expect(await elsewhere.desk.scans.resolve({ text: `comptoir:draft:${draft.id}` })).toMatchObject({ kind: 'order' });
    expect(await desk.scans.resolve({ text: 'comptoir:order:999999' })).toEqual({ kind: 'none' });
  });

  it('what a window recognised comes back to every window as a scan', async () => {
    const { desk, hear } = await openCounter();
    const [sim] = await freeItems(counter, 'sim_card');
    await desk.scans.submit({ text: sim?.identifiers.iccid ?? '' });
    const { scan, match } = await hear('scan');
    expect(scan).toMatchObject({ source: 'wedge', value: { kind: 'iccid' } });
    expect(match).toMatchObject({ kind: 'item', item: { id: sim?.id } });
  });

  it('without the line to central a scan is said to be unreachable, not unknown', async () => {
    const line = await startGateway(central.url);
    onTestFinished(() => line.close());
    const { desk, hear } = await openCounter(line.url);
    const [sim] = await freeItems(counter, 'sim_card');
    line.cut();
    await desk.scans.submit({ text: sim?.identifiers.iccid ?? '' });
    expect((await hear('scan')).match).toEqual({ kind: 'unreachable' });
  });

  it('while nobody is signed in a scan tells nobody anything', async () => {
    const { desk, heard } = await openCounter();
    const [sim] = await freeItems(counter, 'sim_card');
    await desk.session.signOut();
    await expect(desk.scans.submit({ text: sim?.identifiers.iccid ?? '' })).rejects.toMatchObject({
      code: 'unauthorized',
    });
    expect(heard.filter(({ type }) => type === 'scan')).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { testFolders } from '../folder.ts';
import { activeMobileService, JOHN_SMITH, productBySlug } from '../host/counter.ts';
import { cut, requestsOf, startReadsDesk } from './reads-desk.ts';

const newFolder = testFolders();
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
});
afterAll(() => central.stop());

const openDesk = () => startReadsDesk(central, newFolder());

describe('a scan at a desk with a directory', () => {
  it('of a card, a number, a sold card or a customer’s receipt asks nobody, with a line and without', async () => {
    const counter = await openDesk();
    const { desk } = counter;
    const [sim] = (await desk.inventory.items({ template: 'sim_card', pickable: true, limit: 1 })).items;
    const [number] = (await desk.inventory.items({ template: 'mobile_number', pickable: true, limit: 1 })).items;
    const service = await activeMobileService(counter);
    const codes = service.items.flatMap(({ label, identifiers }) => [label, ...Object.values(identifiers)]);
    const owner = { customerId: service.customerId, customerName: service.customerName, serviceId: service.id };
    const iccid = sim?.identifiers.iccid ?? '';
    const scanAll = async () => {
      for (const text of [iccid, iccid.slice(0, -1), `${iccid}F`, `ICCID: ${iccid}`, sim?.label ?? '']) {
        expect(await desk.scans.resolve({ text }), text).toMatchObject({ kind: 'item', item: sim, owner: null });
      }
      const msisdn = number?.identifiers.msisdn ?? '';
      for (const text of [msisdn, msisdn.slice(1), `tel:${msisdn}`]) {
        expect(await desk.scans.resolve({ text }), text).toMatchObject({ kind: 'item', item: { id: number?.id } });
      }
      for (const text of codes) expect(await desk.scans.resolve({ text }), text).toMatchObject({ kind: 'item', owner });
      expect(await desk.scans.resolve({ text: `comptoir:customer:${JOHN_SMITH}` })).toEqual({
        kind: 'customer',
        customerId: JOHN_SMITH,
      });
    };
    expect(await requestsOf(counter, scanAll)).toEqual([]);
    await cut(counter);
    await scanAll();
  });

  it('of what is not known here asks head office; without a line it is unreachable, not unknown', async () => {
    const counter = await openDesk();
    const { desk } = counter;
    const admin = await central.asAdmin();
    const [foreign] = (await admin.inventory.items({ storeId: 2, template: 'sim_card', status: 'in_stock', limit: 1 }))
      .items;
    const text = foreign?.identifiers.iccid ?? '';
    expect(await desk.scans.resolve({ text })).toMatchObject({ kind: 'item', item: { id: foreign?.id } });
    expect(await desk.scans.resolve({ text: 'WHATEVER-123' })).toEqual({ kind: 'none' });
    expect(await desk.scans.resolve({ text: 'comptoir:order:999999' })).toEqual({ kind: 'none' });
    await cut(counter);
    for (const each of [text, 'WHATEVER-123', 'comptoir:order:999999']) {
      expect(await desk.scans.resolve({ text: each }), each).toEqual({ kind: 'unreachable' });
    }
    expect(await desk.scans.resolve({ text: '89441000000000000008' })).toMatchObject({ kind: 'invalid' });
  });

  it('of the receipt of a draft of this desk opens it without a line', async () => {
    const counter = await openDesk();
    const { id: productId } = await productBySlug(counter, 'mobile-20gb');
    const draft = await counter.desk.drafts.create({ productId, customerId: JOHN_SMITH });
    await cut(counter);
    expect(await counter.desk.scans.resolve({ text: `comptoir:draft:${draft.id}` })).toEqual({
      kind: 'draft',
      draftId: draft.id,
    });
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeFault } from '../../../src/server/demo/faults.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
});
afterAll(() => central.stop());

describe('the demo’s tools', () => {
  test('the clock moves forward and stays there', async () => {
    const admin = await central.asAdmin();
    const before = Date.parse((await admin.system.info()).now);
    const { now } = await admin.demo.clock({ advanceSeconds: 600 });
    expect(Date.parse(now) - before).toBeGreaterThanOrEqual(600_000);
    expect(Date.parse((await admin.system.info()).now)).toBeGreaterThanOrEqual(Date.parse(now));
    await expect(admin.demo.clock({ advanceSeconds: -1 })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('a fault hits as many calls as was said, each once, whoever asks', async () => {
    const admin = await central.asAdmin();
    await admin.demo.faults({
      action: 'ocs.createAccount',
      times: 3,
      error: 'connector_unreachable',
      delaySeconds: 0.5,
    });
    const taken = await Promise.all(Array.from({ length: 8 }, () => takeFault(central.db, 'ocs.createAccount')));
    expect(taken.filter((fault) => fault !== null)).toEqual(
      Array.from({ length: 3 }, () => ({ error: 'connector_unreachable', delaySeconds: 0.5 })),
    );
    expect(await takeFault(central.db, 'hlr.activate')).toBeNull();
    await admin.demo.faults({ action: 'ocs.createAccount', times: 5 });
    await admin.demo.faults({ action: 'ocs.createAccount', times: 0 });
    expect(await takeFault(central.db, 'ocs.createAccount')).toBeNull();
  });

  test('are the administrator’s only', async () => {
    const sales = await central.asSales();
    await expect(sales.demo.clock({ advanceSeconds: 1 })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(sales.demo.faults({ action: 'mail.send', times: 1 })).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('central says that it is a demo', async () => {
    const sales = await central.asSales();
    expect(await sales.system.info()).toMatchObject({ demo: true, currency: 'GBP', country: 'GB', name: 'comptoir' });
  });
});

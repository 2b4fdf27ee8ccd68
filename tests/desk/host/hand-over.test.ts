import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import en from '../../../resources/handover/en.json' with { type: 'json' };
import es from '../../../resources/handover/es.json' with { type: 'json' };
import fr from '../../../resources/handover/fr.json' with { type: 'json' };
import pt from '../../../resources/handover/pt.json' with { type: 'json' };
import { renderSheet, type Sheet } from '../../../src/main/documents/sheet.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { outlineCount, pdfText } from '../../parts/pdf-text.ts';
import { testFolders } from '../folder.ts';
import { completeDraft, JOHN_SMITH, SALES } from './counter.ts';
import { startDesk } from './test-desk.ts';

const newFolder = testFolders();
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
});
afterAll(() => central.stop());

/** A service just handed over: ordered, provisioned, active. */
async function newService() {
  const counter = await startDesk({ dataDir: newFolder(), centralUrl: central.url });
  await counter.signIn(SALES);
  const { id: draftId } = await completeDraft(counter);
  const { order, items } = await counter.desk.drafts.confirm({ draftId });
  const { job } = await counter.hear('job', (event) => event.job.status === 'succeeded');
  const identifiers = Object.assign({}, ...items.map(({ item }) => item.identifiers)) as Record<string, string>;
  return { ...counter, orderId: order?.id ?? 0, serviceId: job.serviceIds[0] ?? 0, identifiers };
}

const bytes = (pdfBase64: string) => Buffer.from(pdfBase64, 'base64');
const digits = (text: string) => text.replace(/\D/g, '');

describe('the hand-over sheet', () => {
  it('carries the number, the card, the price, the renewal and the true state, in the customer’s language', async () => {
    const { desk, orderId, serviceId, identifiers } = await newService();
    const sheet = await desk.documents.handOver({ serviceId, orderId, language: 'fr' });
    expect(sheet.filename).toBe(`comptoir-${serviceId}.pdf`);
    const text = pdfText(bytes(sheet.pdfBase64));
    expect(text).toContain('Le service est actif.');
    expect(text).toContain('Forfait');
    expect(text).toMatch(/15,00\s£ par mois|15,00\s£GB par mois/);
    expect(text).toMatch(/Renouvellement le\n\d{1,2} \S+ \d{4}/);
    expect(digits(text)).toContain(digits(identifiers.msisdn ?? '?'));
    expect(digits(text)).toContain(identifiers.iccid ?? '?');
    expect(text).not.toContain('PUK');
  });

  it('shows the codes only when asked, and central remembers who looked', async () => {
    const { desk, serviceId } = await newService();
    const { pdfBase64 } = await desk.documents.handOver({ serviceId, language: 'en', withPuk: true });
    expect(pdfText(bytes(pdfBase64))).toMatch(/PUK\n\d{8}/);
    const { items } = await (await central.asAdmin()).audit.list({ limit: 20 });
    expect(items.some(({ action, actorName }) => /secret/.test(action) && actorName.length > 0)).toBe(true);
  });

  it('shows no codes to who may not see them', async () => {
    const { serviceId } = await newService();
    const admin = await central.asAdmin();
    const email = 'fin@demo.comptoir.test';
    await admin.users.create({ name: 'Fin', email, password: 'Comptoir!2026', roles: ['finance'] });
    const { desk, signIn } = await startDesk({ dataDir: newFolder(), centralUrl: central.url });
    await signIn(email);
    await expect(desk.documents.handOver({ serviceId, language: 'en', withPuk: true })).rejects.toMatchObject({
      code: 'forbidden',
      data: { permission: 'view_secrets' },
    });
    expect(await desk.documents.handOver({ serviceId, language: 'en' })).toMatchObject({
      pdfBase64: expect.any(String),
    });
  });

  it('a service that is not live yet says so', async () => {
    const counter = await startDesk({ dataDir: newFolder(), centralUrl: central.url });
    await counter.signIn(SALES);
    const { id: draftId } = await completeDraft(counter);
    const admin = await central.asAdmin();
    await admin.demo.faults({ action: 'ocs.createAccount', times: 100, error: 'refused by the test' });
    onTestFinished(async () => void (await admin.demo.faults({ action: 'ocs.createAccount', times: 0 })));
    await counter.desk.drafts.confirm({ draftId });
    const { job } = await counter.hear('job', (event) => event.job.status === 'failed');
    const serviceId = job.serviceIds[0] ?? 0;
    const { pdfBase64 } = await counter.desk.documents.handOver({ serviceId, language: 'en' });
    expect(pdfText(bytes(pdfBase64))).toContain('It is not active yet.');
  });

  it('prints a customer’s name in whatever script', async () => {
    const { desk, serviceId } = await newService();
    const admin = await central.asAdmin();
    const plain = await desk.documents.handOver({ serviceId, language: 'pt' });
    await admin.customers.change({ id: JOHN_SMITH, name: "Łukasz Żółć Ελένη Привет 😀 עברית D'Arcy" });
    onTestFinished(async () => void (await admin.customers.change({ id: JOHN_SMITH, name: 'John Smith' })));
    const drawn = await desk.documents.handOver({ serviceId, language: 'pt' });
    expect(outlineCount(bytes(drawn.pdfBase64)) - outlineCount(bytes(plain.pdfBase64))).toBeGreaterThan(15);
  });

  it('no text whatever keeps it from being printed, on one page', async () => {
    const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(anyText, async (name) => {
        const fact = { label: name, text: name };
        const sheet: Sheet = {
          title: name,
          state: name,
          stateAt: name,
          headline: fact,
          facts: [fact],
          qr: { text: 'comptoir:order:1', caption: name },
          status: null,
          slip: { title: name, hint: name, cut: name, codes: [fact] },
        };
        const pdf = (await renderSheet(sheet, 'en')).toString('latin1');
        expect(pdf.startsWith('%PDF-')).toBe(true);
        expect(pdf).toMatch(/\/Count 1\b/);
      }),
      { numRuns: 25 },
    );
  });

  it('all four languages have the same texts', () => {
    const keys = (texts: object): string[] =>
      Object.entries(texts).flatMap(([key, value]) =>
        typeof value === 'object' ? keys(value as object).map((inner) => `${key}.${inner}`) : [key],
      );
    for (const other of [fr, es, pt]) expect(keys(other)).toEqual(keys(en));
  });
});

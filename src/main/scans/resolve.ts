import type { ScanMatch } from '#core/contract/desk/events.ts';
import type { Item } from '#core/domain/inventory.ts';
import { scanReadings } from '#core/scan/classify.ts';
import { cleanScan } from '#core/scan/clean.ts';
import type { ReceiptTarget, ScanValue } from '#core/scan/schema.ts';
import type { Central } from '../central/client.ts';
import { hasCode } from '../failures.ts';

const LONGEST_CODE = 100;

export interface ResolveOptions {
  readonly central: Central;
  /** Whether this desk has the draft. */
  readonly hasDraft: (id: string) => Promise<boolean>;
  /** Hears of each item found, so that choosing it next needs no second question. */
  readonly seen: (item: Item) => void;
}

/** What a scanned text leads to. Never throws: a central that can't be asked is an answer too. */
export async function resolveScan(text: string, options: ResolveOptions): Promise<ScanMatch> {
  try {
    const readings = scanReadings(text);
    const [first] = readings;
    if (first.kind === 'receipt') return await resolveReceipt(first.target, options);
    // A card number with a wrong digit is a misread: it could lead to somebody else's card.
    if (first.kind === 'invalid' && first.reason === 'iccid_luhn') return { kind: 'invalid', reason: first.reason };
    const item = await findItem(codesOf(text, readings), options.central);
    if (item !== null) {
      options.seen(item);
      return await itemMatch(item, options.central);
    }
    return first.kind === 'invalid' ? { kind: 'invalid', reason: first.reason } : { kind: 'none' };
  } catch (error) {
    return hasCode(error, 'not_found') ? { kind: 'none' } : { kind: 'unreachable' };
  }
}

/** Every spelling to ask for: the readings' own, and the text as it is, which may be a serial number or a label. */
function codesOf(text: string, readings: readonly ScanValue[]): string[] {
  const codes = readings.flatMap((value) => {
    // Central knows all spellings of a card.
    if (value.kind === 'iccid') return [value.iccid];
    if (value.kind === 'imei') return [value.imei];
    if (value.kind === 'ean') return [value.ean];
    return value.kind === 'msisdn' ? [value.msisdn] : [];
  });
  const isCard = readings.some(({ kind }) => kind === 'iccid');
  const asIs = isCard ? [] : [cleanScan(text).text];
  return [...new Set([...codes, ...asIs])].filter((code) => code.length > 0 && code.length <= LONGEST_CODE);
}

/** Asks for all spellings at once: they are few, and waiting for one after the other would be felt. */
async function findItem(codes: readonly string[], central: Central): Promise<Item | null> {
  const answers = await Promise.all(codes.map((code) => central.inventory.lookup({ code })));
  return answers.find(({ item }) => item !== null)?.item ?? null;
}

async function itemMatch(item: Item, central: Central): Promise<ScanMatch> {
  if (item.customerId === null) return { kind: 'item', item, owner: null };
  const { id, name } = await central.customers.get({ id: item.customerId });
  return { kind: 'item', item, owner: { customerId: id, customerName: name, serviceId: item.serviceId } };
}

async function resolveReceipt(target: ReceiptTarget, { central, hasDraft }: ResolveOptions): Promise<ScanMatch> {
  if (target.of === 'customer') {
    const { id } = await central.customers.get({ id: target.id });
    return { kind: 'customer', customerId: id };
  }
  if (target.of === 'draft' && (await hasDraft(target.id))) return { kind: 'draft', draftId: target.id };
  const order =
    target.of === 'order'
      ? await central.orders.get({ id: target.id })
      : (await central.orders.list({ draftId: target.id, limit: 1 })).items[0];
  if (order === undefined) return { kind: 'none' };
  return { kind: 'order', orderId: order.id, jobId: order.provisioningJobId, customerId: order.customerId };
}

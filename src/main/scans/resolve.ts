import type { ScanMatch } from '#core/contract/desk/events.ts';
import type { Customer } from '#core/domain/customer.ts';
import type { Item } from '#core/domain/inventory.ts';
import { scanReadings } from '#core/scan/classify.ts';
import { cleanScan } from '#core/scan/clean.ts';
import type { ReceiptTarget, ScanValue } from '#core/scan/schema.ts';
import type { CallContext, Central } from '../central/client.ts';
import { fail, hasCode } from '../failures.ts';
import type { Reads } from '../reads/reads.ts';

const LONGEST_CODE = 100;

/** A scan that is not known here is not worth more of the customer's time. */
const CENTRAL_WITHIN_MS = 1_500;

export interface ResolveOptions {
  readonly central: Central;
  /** What is known without asking central. */
  readonly here: Reads['here'];
  readonly isOnline: () => boolean;
  /** Whether this desk has the draft. */
  readonly hasDraft: (id: string) => Promise<boolean>;
  /** Hears of each item found, so that choosing it next needs no second question. */
  readonly seen: (item: Item) => void;
}

/**
 * What a scanned text leads to: what this desk knows by itself at once, the rest by asking central when there is a line.
 * Never throws: a central that can't be asked is an answer too.
 */
export async function resolveScan(text: string, options: ResolveOptions): Promise<ScanMatch> {
  try {
    const readings = scanReadings(text);
    const [first] = readings;
    if (first.kind === 'receipt') return await resolveReceipt(first.target, options);
    // A card number with a wrong digit is a misread: it could lead to somebody else's card.
    if (first.kind === 'invalid' && first.reason === 'iccid_luhn') return { kind: 'invalid', reason: first.reason };
    const item = await findItem(codesOf(text, readings), options);
    if (item !== null) {
      options.seen(item);
      return await itemMatch(item, options);
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

async function findItem(codes: readonly string[], options: ResolveOptions): Promise<Item | null> {
  let readsHere = false;
  for (const code of codes) {
    const item = await options.here.item(code);
    if (item !== null && item !== undefined) return item;
    readsHere ||= item === null;
  }
  const { lookup } = options.central.inventory;
  const call = readsHere ? asked(options) : undefined;
  // All spellings at once: they are few, and waiting for one after the other would be felt.
  const answers = await Promise.all(codes.map((code) => lookup({ code }, call)));
  return answers.find(({ item }) => item !== null)?.item ?? null;
}

/** How a desk with a directory of its own asks central. Throws `unavailable` when there is no line. */
function asked({ isOnline }: ResolveOptions): { context: CallContext } {
  if (!isOnline()) throw fail('unavailable', { reason: 'offline' });
  return { context: { timeoutMs: CENTRAL_WITHIN_MS } };
}

async function itemMatch(item: Item, options: ResolveOptions): Promise<ScanMatch> {
  if (item.customerId === null) return { kind: 'item', item, owner: null };
  const { id, name } = await findCustomer(item.customerId, options);
  return { kind: 'item', item, owner: { customerId: id, customerName: name, serviceId: item.serviceId } };
}

async function findCustomer(id: number, options: ResolveOptions): Promise<Pick<Customer, 'id' | 'name'>> {
  const known = await options.here.customer(id);
  return known ?? options.central.customers.get({ id }, known === null ? asked(options) : undefined);
}

async function resolveReceipt(target: ReceiptTarget, options: ResolveOptions): Promise<ScanMatch> {
  const { central, hasDraft } = options;
  if (target.of === 'customer') {
    const { id } = await findCustomer(target.id, options);
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

import type { Item } from '#core/domain/inventory.ts';
import { normaliseIdentifier } from '#core/inventory/identifiers.ts';
import { SHORTEST_PART } from '#core/inventory/item-terms.ts';
import { readSearchText } from '#core/inventory/search-text.ts';
import { serviceRowSchema } from '#core/sync/rows.ts';
import { type TermEntry, termsFrom } from '../directory/terms.ts';
import type { Asked } from './asked.ts';

/** An item in a customer's service, with what the service's row tells of it. */
export interface ServiceItem {
  readonly item: Item;
  readonly customerId: number;
  readonly serviceId: number;
}

/** Items of services that carry exactly this label or identifier, in any spelling; the one received first comes first. */
export async function serviceItemsOf(asked: Asked, code: string): Promise<ServiceItem[]> {
  const { read } = await asked.numbering();
  const { text, iccidKey } = readSearchText(code, read);
  const identifiers = (['imsi', 'msisdn', 'imei', 'mac'] as const).flatMap((kind) => {
    const value = normaliseIdentifier(kind, code.trim(), { readNumber: read });
    return value === null ? [] : [`${{ imsi: 'i', msisdn: 'm', imei: 'e', mac: 'h' }[kind]}:${value.toLowerCase()}`];
  });
  const terms = [`l:${text}`, `s:${text}`, ...(iccidKey === null ? [] : [`c:${iccidKey}`]), ...identifiers];
  const entries: TermEntry[] = [];
  for (const term of terms) entries.push(...(await startingWith(asked, term, MOST)).filter((one) => one.term === term));
  return present(asked, entries);
}

/** Enough for every item that one text may mean exactly. */
const MOST = 20;

/** Items of services that a search may mean, as `itemsMatching` finds those in stock, by label; patterns find none. */
export async function searchServiceItems(asked: Asked, q: string, limit: number): Promise<ServiceItem[]> {
  const { prefix, read } = await asked.numbering();
  const { text, digits, beginning, iccidKey, msisdn, pattern } = readSearchText(q, read);
  if (pattern !== null || text === '') return [];
  const backwards = [...text].reverse().join('');
  const mac = normaliseIdentifier('mac', text);
  const start = beginning?.country ? '+' : prefix;
  const beginnings = [
    ...[`l:${text}`, `b:${backwards}`, `s:${text}`, `z:${backwards}`],
    ...(mac === null ? [] : [`h:${mac.toLowerCase()}`]),
    ...(digits.length < SHORTEST_PART ? [] : [`d:${digits}`]),
    ...(digits === '' ? [] : [`x:${[...digits].reverse().join('')}`]),
    ...(beginning !== null && start !== '' ? [`m:${start}${beginning.digits}`] : []),
    ...(digits.startsWith('89') ? [`c:${digits}`] : []),
    ...(iccidKey === null ? [] : [`c:${iccidKey}`]),
    ...(msisdn === null ? [] : [`m:${msisdn}`]),
  ];
  const entries: TermEntry[] = [];
  for (const beginningOf of beginnings) entries.push(...(await startingWith(asked, beginningOf, limit)));
  // IMSI and IMEI are found whole only.
  for (const whole of digits === '' ? [] : [`i:${digits}`, `e:${digits}`]) {
    entries.push(...(await startingWith(asked, whole, 1)).filter(({ term }) => term === whole));
  }
  const found = await present(asked, entries);
  return found.sort((a, b) => byLabel(a.item, b.item)).slice(0, limit);
}

/** In the order of lists of items. */
export function byLabel(a: Pick<Item, 'label'>, b: Pick<Item, 'label'>): number {
  return Buffer.compare(Buffer.from(a.label.toLowerCase()), Buffer.from(b.label.toLowerCase()));
}

function startingWith({ reader }: Asked, prefix: string, limit: number): Promise<TermEntry[]> {
  return termsFrom(reader, 'services', { prefix, limit });
}

/** Each item once, by id. */
async function present({ reader }: Asked, entries: readonly TermEntry[]): Promise<ServiceItem[]> {
  const wanted = new Set(entries.map(({ part }) => part));
  const ids = [...new Set(entries.map(({ owner }) => owner))];
  if (ids.length === 0) return [];
  const rows = await reader.selectFrom('service').select('document').where('id', 'in', ids).execute();
  const found = rows.flatMap(({ document }) => {
    const { id: serviceId, customerId, items } = serviceRowSchema.parse(JSON.parse(document));
    return items
      .filter(({ id }) => wanted.has(id))
      .map((one): ServiceItem => ({ item: assigned(one, customerId, serviceId), customerId, serviceId }));
  });
  return found.sort((a, b) => a.item.id - b.item.id);
}

type Known = Pick<Item, 'id' | 'template' | 'templateName' | 'label' | 'identifiers'>;

/** Where it was sold is not in a service's row. */
function assigned(item: Known, customerId: number, serviceId: number): Item {
  return { ...item, status: 'assigned', storeId: null, storeName: null, customerId, serviceId, reservation: null };
}

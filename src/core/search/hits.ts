import type { SearchHit } from '../contract/central/system.ts';
import type { Customer } from '../domain/customer.ts';
import type { Item } from '../domain/inventory.ts';
import type { Service } from '../domain/service.ts';

const MAX_ID = 2_147_483_647;

/** A number that people know a thing by: 456, #456; null for every other text. */
export function shortId(q: string): number | null {
  const id = Number(/^#?(\d{1,10})$/.exec(q.trim())?.[1] ?? 0);
  return id > 0 && id <= MAX_ID ? id : null;
}

export function customerHit({ id, name, email, phone, status }: Customer): SearchHit {
  return {
    ...{ type: 'customer', id, title: name, status, customerId: id },
    detail: [phone, email].filter((each) => each !== null).join(' · '),
  };
}

export function serviceHit(
  service: Pick<Service, 'id' | 'name' | 'status' | 'customerId' | 'customerName'>,
): SearchHit {
  const { id, name, status, customerId, customerName } = service;
  return { type: 'service', id, title: name, status, customerId, detail: customerName };
}

export function itemHit(item: Item): SearchHit {
  return {
    ...{ type: 'item', id: item.id, title: item.label, status: item.status, customerId: item.customerId },
    detail: mainIdentifier(item),
  };
}

function mainIdentifier({ identifiers }: Item): string {
  const { iccid, msisdn, serial, imei, mac, imsi } = identifiers;
  return iccid ?? msisdn ?? serial ?? imei ?? mac ?? imsi ?? '';
}

const order: readonly SearchHit['type'][] = ['customer', 'service', 'item', 'order', 'job'];

/**
 * At most `limit` hits: things of this very number first, then one of each kind in turn, so that many customers do not
 * crowd out the one SIM card. `found` is what was found of each kind, best first.
 */
export function shareOut(found: readonly (readonly SearchHit[])[], id: number | null, limit: number): SearchHit[] {
  const all = found.flat();
  const exact = all.filter((hit) => hit.id === id && hit.type !== 'item');
  const longest = Math.max(0, ...found.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, index) => found.flatMap((hits) => hits[index] ?? [])).flat();
  const ranked = [...exact, ...inTurn.filter((hit) => !exact.includes(hit))].slice(0, limit);
  const rank = (hit: SearchHit) => (exact.includes(hit) ? -1 : order.indexOf(hit.type));
  return ranked.sort((a, b) => rank(a) - rank(b));
}

import type { CommandType } from './commands.ts';

/**
 * What a desk makes without a line (a customer, a contact, a site) has a negative id of the desk's own until head office
 * gives it its number. Such ids never travel.
 */
export function isLocalId(id: number): boolean {
  return id < 0;
}

type IdKind = 'customer' | 'contact' | 'site';

/** Which fields of a command's payload may hold an id that the desk gave. */
const idFields: Readonly<Record<CommandType, Readonly<Record<string, IdKind>>>> = {
  'customer.create': {},
  'customer.change': { id: 'customer' },
  'contact.create': { id: 'customer' },
  'site.create': { id: 'customer' },
  'order.place': {
    customerId: 'customer',
    siteId: 'site',
    billingContactId: 'contact',
    technicalContactId: 'contact',
  },
};

type Payload = Readonly<Record<string, unknown>>;

/** The desk's own ids that a payload names: its command can travel once each has a number of head office's. */
export function localIdsOf(type: CommandType, payload: Payload): number[] {
  return Object.keys(idFields[type])
    .map((field) => payload[field])
    .filter((id): id is number => typeof id === 'number' && isLocalId(id));
}

/** The payload as it travels. Throws for an id that has no number yet: ask `localIdsOf` first. */
export function withRealIds<P extends Payload>(type: CommandType, payload: P, numbers: ReadonlyMap<number, number>): P {
  const replaced = Object.keys(idFields[type]).flatMap((field) => {
    const id = payload[field];
    if (typeof id !== 'number' || !isLocalId(id)) return [];
    const number = numbers.get(id);
    if (number === undefined) throw new Error(`head office has no number yet for ${field} ${id}`);
    return [[field, number] as const];
  });
  return { ...payload, ...Object.fromEntries(replaced) };
}

import type { Identifier, Identifiers } from '#core/domain/inventory.ts';
import type { Format } from '../../formatters.ts';

const order: readonly Identifier[] = ['msisdn', 'iccid', 'imei', 'serial', 'mac', 'imsi'];

/** One identifier as people read it: numbers and ICCIDs in groups. */
export function identifierText(format: Format, kind: Identifier, value: string): string {
  if (kind === 'msisdn') return format.phone(value);
  return kind === 'iccid' ? format.iccid(value) : value;
}

/** The identifier that people know an item by, or null when it has none. */
export function mainIdentifier(identifiers: Identifiers): { kind: Identifier; value: string } | null {
  for (const kind of order) {
    const value = identifiers[kind];
    if (value !== undefined) return { kind, value };
  }
  return null;
}

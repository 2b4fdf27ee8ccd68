import { type Identifier, type Identifiers, identifierSchema } from '#core/domain/inventory.ts';
import type { Reader } from '../database/connection.ts';

/** What works for a service, without anything of how it came there. */
export interface ServiceItem {
  readonly serviceId: number;
  readonly templateName: string;
  readonly label: string;
  readonly identifiers: Identifiers;
  /** What people know it by: the first identifier of its template. */
  readonly identifier: string | null;
  readonly hasEsim: boolean;
}

/** The items of several services, in the order in which they were received. */
export async function itemsOfServices(reader: Reader, serviceIds: readonly number[]): Promise<ServiceItem[]> {
  if (serviceIds.length === 0) return [];
  const rows = await reader
    .selectFrom('items')
    .innerJoin('inventoryTemplates as template', 'template.slug', 'items.template')
    .leftJoin('itemSecrets', 'itemSecrets.itemId', 'items.id')
    .select(['items.serviceId', 'items.label', 'template.name as templateName', 'template.identifiers as kinds'])
    .select(['items.iccid', 'items.imsi', 'items.msisdn', 'items.imei', 'items.serial', 'items.mac'])
    .select('itemSecrets.hasEsim')
    .where('items.serviceId', 'in', [...serviceIds])
    .orderBy('items.id')
    .execute();
  return rows.flatMap(({ serviceId, templateName, label, kinds, hasEsim, ...row }) =>
    serviceId === null
      ? []
      : [
          {
            ...{ serviceId, templateName, label, identifiers: identifiersOf(row) },
            identifier: kinds.map((kind) => row[kind]).find((value) => value !== null) ?? null,
            hasEsim: hasEsim === true,
          },
        ],
  );
}

function identifiersOf(row: Readonly<Record<Identifier, string | null>>): Identifiers {
  return Object.fromEntries(
    identifierSchema.options.flatMap((kind) => (row[kind] === null ? [] : [[kind, row[kind]]])),
  );
}

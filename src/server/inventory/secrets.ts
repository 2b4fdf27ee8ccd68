import { sql } from 'kysely';
import type { SimSecrets } from '#core/inventory/secrets.ts';
import type { Reader, Tx } from '../database/connection.ts';
import type { SecretBox } from './secret-box.ts';

/** The secrets of one card, opened, Ki included; null when none were delivered. For connectors; never for a list or log. */
export async function readSecrets(reader: Reader, box: SecretBox, itemId: number): Promise<SimSecrets | null> {
  const all = await readSecretsOf(reader, box, [itemId]);
  return all.get(itemId) ?? null;
}

/** The secrets of many cards by item id; without those that have none. */
export async function readSecretsOf(
  reader: Reader,
  box: SecretBox,
  itemIds: readonly number[],
): Promise<Map<number, SimSecrets>> {
  if (itemIds.length === 0) return new Map();
  const rows = await reader
    .selectFrom('itemSecrets')
    .selectAll()
    .where('itemId', '=', sql<number>`any(${itemIds}::int[])`)
    .execute();
  return new Map(rows.map((row) => [row.itemId, box.open(row.itemId, row)]));
}

/** Writes the secrets of cards, replacing what each had. */
export async function writeSecrets(
  tx: Tx,
  box: SecretBox,
  cards: readonly { readonly itemId: number; readonly secrets: SimSecrets }[],
): Promise<void> {
  if (cards.length === 0) return;
  const rows = cards.map(({ itemId, secrets }) => ({
    ...{ itemId, hasEsim: secrets.esim_activation_code !== undefined },
    ...box.seal(itemId, secrets),
  }));
  const column = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((row) => row[name]);
  await sql`
    insert into item_secrets (item_id, key_id, nonce, sealed, has_esim)
    select * from unnest(${column('itemId')}::int[], ${column('keyId')}::text[], ${column('nonce')}::bytea[],
      ${column('sealed')}::bytea[], ${column('hasEsim')}::boolean[])
    on conflict (item_id) do update set key_id = excluded.key_id, nonce = excluded.nonce, sealed = excluded.sealed,
      has_esim = excluded.has_esim
  `.execute(tx);
}

/** The activation code of the eSIM that a service uses, with its ICCID; null when it uses none. */
export async function readActivationCode(
  reader: Reader,
  box: SecretBox,
  serviceId: number,
): Promise<{ itemId: number; iccid: string; activationCode: string } | null> {
  const item = await reader
    .selectFrom('items')
    .innerJoin('itemSecrets', 'itemSecrets.itemId', 'items.id')
    .select(['items.id', 'items.iccid'])
    .where('items.serviceId', '=', serviceId)
    .where('itemSecrets.hasEsim', '=', true)
    .orderBy('items.id')
    .executeTakeFirst();
  if (!item?.iccid) return null;
  const secrets = await readSecrets(reader, box, item.id);
  const activationCode = secrets?.esim_activation_code;
  return activationCode === undefined ? null : { itemId: item.id, iccid: item.iccid, activationCode };
}

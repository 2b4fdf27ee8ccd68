import { sql } from 'kysely';
import type { Identifiers, Item } from '#core/domain/inventory.ts';
import { normaliseActivationCode } from '#core/inventory/esim.ts';
import { normaliseIdentifiers } from '#core/inventory/identifiers.ts';
import type { SimSecrets } from '#core/inventory/secrets.ts';
import { iccidKey } from '#core/scan/iccid.ts';
import type { Actor } from '../context.ts';
import type { Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { getItem } from './item-rows.ts';
import { findKnown, keysOf } from './matching.ts';
import type { Numbering } from './phone-numbers.ts';
import { refuseOtherStore } from './reservations.ts';
import type { SecretBox } from './secret-box.ts';
import { insertStock } from './stock.ts';

export interface NewItem {
  readonly template: string;
  readonly identifiers: Identifiers;
  readonly label?: string | undefined;
  readonly storeId?: number | undefined;
  readonly esimActivationCode?: string | undefined;
}

/** 89, country and issuer of an ICCID (ITU-T E.118). */
const ISSUER_DIGITS = 7;

interface Tools {
  readonly box: SecretBox;
  readonly numbering: Numbering;
  readonly now: Date;
}

function invalid(path: string, message: string) {
  return fail('invalid_input', { issues: [{ path, message }] });
}

/**
 * Receives one item into the store given, else the receiver's own. Throws invalid_input naming the field, item_exists,
 * or forbidden for another store.
 */
export async function receiveItem(
  tx: Tx,
  item: NewItem,
  by: Pick<Actor, 'name' | 'storeId'>,
  tools: Tools,
): Promise<Item> {
  const { template, label } = item;
  const storeId = item.storeId ?? by.storeId;
  refuseOtherStore(by, storeId);
  await requireStore(tx, storeId);
  const identifiers = await checkIdentifiers(tx, item, tools.numbering);
  const wanted = { template, identifiers, label };
  await refuseKnown(tx, wanted);
  const secrets = checkActivationCode(item);
  const rows = [{ template, identifiers, storeId, secrets, ...(label === undefined ? {} : { label }) }];
  const [stored] = await insertStock(tx, rows, { box: tools.box, now: tools.now, userName: by.name });
  if (stored === undefined || stored.id === null) {
    await refuseKnown(tx, wanted);
    throw fail('changed_meanwhile');
  }
  const received = await getItem(tx, stored.id, tools.now);
  if (received === null) throw new Error(`item ${stored.id} vanished`);
  return received;
}

function checkActivationCode({ identifiers, esimActivationCode }: NewItem): SimSecrets {
  if (esimActivationCode === undefined || esimActivationCode === '') return {};
  const code = normaliseActivationCode(esimActivationCode);
  if (code === null || identifiers.iccid === undefined) throw invalid('esimActivationCode', 'invalid_secret');
  return { esim_activation_code: code };
}

async function requireStore(tx: Tx, storeId: number | null): Promise<void> {
  if (storeId === null) return;
  const store = await tx.selectFrom('stores').select('id').where('id', '=', storeId).executeTakeFirst();
  if (store === undefined) throw invalid('storeId', 'unknown_store');
}

async function checkIdentifiers(
  tx: Tx,
  { template, identifiers }: NewItem,
  numbering: Numbering,
): Promise<Identifiers> {
  const known = await tx
    .selectFrom('inventoryTemplates')
    .select('identifiers')
    .where('slug', '=', template)
    .executeTakeFirst();
  if (known === undefined) throw invalid('template', 'unknown_template');
  const wholeIccids = !(await neighboursHave20Digits(tx, identifiers.iccid));
  const read = normaliseIdentifiers(known.identifiers, identifiers, { readNumber: numbering.read, wholeIccids });
  if ('problem' in read) throw invalid(`identifiers.${read.problem.field}`, read.problem.code);
  const foreign = keysOf(template, identifiers).find(([kind]) => !known.identifiers.includes(kind));
  if (foreign !== undefined) throw invalid(`identifiers.${foreign[0]}`, 'not_of_this_template');
  return read.identifiers;
}

async function refuseKnown(tx: Tx, wanted: { template: string; identifiers: Identifiers; label?: string | undefined }) {
  const known = await findKnown(tx, [wanted]);
  const twin =
    keysOf(wanted.template, wanted.identifiers)
      .map(([kind, key]) => known.byKey(kind, key))
      .find((item) => item !== undefined) ?? (wanted.label === undefined ? undefined : known.byLabel(wanted.label));
  if (twin !== undefined) throw fail('item_exists', { itemId: twin.id });
}

/** Cards come in runs: next to 20-digit cards in stock, 19 digits are one of them without its Luhn digit. */
async function neighboursHave20Digits(tx: Tx, text: string | undefined): Promise<boolean> {
  const key = text === undefined ? null : iccidKey(text);
  if (key === null) return false;
  const { rows } = await sql<{ iccid: string }>`
    (select iccid from items where iccid_key >= ${key} order by iccid_key limit 1)
    union all (select iccid from items where iccid_key < ${key} order by iccid_key desc limit 1)`.execute(tx);
  return rows.some(({ iccid }) => iccid.length === 20 && iccid.startsWith(key.slice(0, ISSUER_DIGITS)));
}

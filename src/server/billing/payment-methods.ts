import type { PaymentMethod } from '#core/domain/billing.ts';
import type { CommandContext } from '../context.ts';
import type { Reader, Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';

function methodRows(reader: Reader, customerId: number) {
  return reader
    .selectFrom('paymentMethods')
    .select(['id', 'kind', 'brand', 'lastFour', 'holder', 'expiresMonth', 'expiresYear', 'isDefault', 'addedAt'])
    .where('customerId', '=', customerId);
}
type MethodRow = Awaited<ReturnType<ReturnType<typeof methodRows>['executeTakeFirstOrThrow']>>;

/** Field by field: the payment provider's own reference stays inside. */
function present({ expiresMonth: month, expiresYear: year, addedAt, ...row }: MethodRow): PaymentMethod {
  return {
    ...{ id: row.id, kind: row.kind, brand: row.brand, lastFour: row.lastFour, holder: row.holder },
    expires: month === null || year === null ? null : { month, year },
    isDefault: row.isDefault,
    addedAt: addedAt.toISOString(),
  };
}

/** How a customer pays, the default first, then what was added last. */
export async function listPaymentMethods(reader: Reader, customerId: number): Promise<PaymentMethod[]> {
  const rows = await methodRows(reader, customerId)
    .orderBy('isDefault', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return rows.map(present);
}

/** Whoever changes what a customer pays with holds the customer meanwhile, so that two can't make two defaults. */
async function holdCustomer(tx: Tx, customerId: number): Promise<void> {
  await tx.selectFrom('customers').select('id').where('id', '=', customerId).forNoKeyUpdate().execute();
}

async function requireMethod(tx: Tx, customerId: number, id: number): Promise<MethodRow> {
  const found = await methodRows(tx, customerId).where('id', '=', id).executeTakeFirst();
  if (!found) throw fail('not_found', { what: 'payment_method' });
  return found;
}

const told = ({ kind, lastFour }: MethodRow) => ({ kind, lastFour });

interface OfCustomer {
  readonly customerId: number;
  readonly id: number;
}

/** PY-2: exactly one is the default. Making the default one the default changes nothing. Throws not_found. */
export async function makeDefaultMethod(context: CommandContext, { customerId, id }: OfCustomer): Promise<void> {
  const { tx, audit } = context;
  await holdCustomer(tx, customerId);
  const method = await requireMethod(tx, customerId, id);
  if (method.isDefault) return;
  await setDefault(tx, customerId, id);
  const subject = { type: 'payment_method', id };
  audit({ action: 'payment_method.default_changed', subject, customerId, detail: told(method) });
}

async function setDefault(tx: Tx, customerId: number, id: number): Promise<void> {
  const methods = tx.updateTable('paymentMethods').where('customerId', '=', customerId);
  await methods.set({ isDefault: false }).where('isDefault', '=', true).execute();
  await methods.set({ isDefault: true }).where('id', '=', id).execute();
}

/**
 * Forgets a payment method. The last automatic one may go too: an alert then asks for another before anything renews. When
 * the default goes, what is left has one again (PY-2): one that is charged by itself before others, the newest first.
 * Throws not_found.
 */
export async function removePaymentMethod(context: CommandContext, { customerId, id }: OfCustomer): Promise<void> {
  const { tx, audit } = context;
  await holdCustomer(tx, customerId);
  const method = await requireMethod(tx, customerId, id);
  await tx.deleteFrom('paymentMethods').where('id', '=', id).where('customerId', '=', customerId).execute();
  if (method.isDefault) {
    const left = await methodRows(tx, customerId).orderBy('id', 'desc').execute();
    const next = left.find(({ kind }) => kind === 'card' || kind === 'direct_debit') ?? left.at(0);
    if (next) await setDefault(tx, customerId, next.id);
  }
  const subject = { type: 'payment_method', id };
  audit({ action: 'payment_method.removed', subject, customerId, detail: told(method) });
}

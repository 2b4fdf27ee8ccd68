import { sql } from 'kysely';
import type { Role } from '#core/domain/user.ts';
import operator from '../../../resources/demo/operator.json' with { type: 'json' };
import { createUser } from '../access/users.ts';
import { type BaseContext, type CommandContext, systemActor } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { inTransaction } from '../http/transaction.ts';
import type { SecretBox } from '../inventory/secret-box.ts';
import { readSetting, writeSetting } from '../system/settings.ts';
import { insertDemoAccounts } from './accounts.ts';
import { insertDemoBilling } from './billing.ts';
import { demoCustomers, insertDemoCustomers } from './customers.ts';
import { insertDemoProducts } from './products.ts';
import { insertDemoServices } from './services.ts';
import { insertDemoStock } from './stock.ts';

/** COMPTOIR_DEMO=1 on a database that an operator works with. */
export class NotADemo extends Error {}

export const DEMO_PASSWORD = 'Comptoir!2026';
const MARK = 'demo';
const GENERATED = 5_000;
const LOCK = 404_040;

export interface DemoDeps {
  readonly background: BaseContext;
  readonly currency: string;
  readonly box: SecretBox;
  /** How many customers besides the seed's own. */
  readonly generated?: number;
}

/**
 * Loads the demo operator (contract.md) into an empty database; one that has it already keeps what was done since.
 * Throws NotADemo when the database holds anything else. Returns whether it was loaded now.
 */
export async function loadDemo(deps: DemoDeps): Promise<boolean> {
  return inTransaction(deps.background, systemActor, async (context) => {
    // Two centrals may start at once on one database.
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(context.tx);
    if ((await readSetting(context.tx, MARK)) !== undefined) return false;
    if (await holdsAnything(context.tx)) {
      throw new NotADemo(
        'COMPTOIR_DEMO=1 needs an empty database, but this one holds an operator’s own data. Unset COMPTOIR_DEMO, or use another database or data folder.',
      );
    }
    await fill(context, deps);
    return true;
  });
}

/** Whether the database has the demo operator's data, with its well-known passwords. */
export async function isDemoDatabase(reader: Reader): Promise<boolean> {
  return (await readSetting(reader, MARK)) !== undefined;
}

async function holdsAnything(reader: Reader): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select from users) or exists (select from customers)
    or exists (select from stores) or exists (select from products) as found`.execute(reader);
  return rows[0]?.found ?? true;
}

async function fill(context: CommandContext, { currency, box, generated = GENERATED }: DemoDeps): Promise<void> {
  const { tx, clock } = context;
  const now = clock.now();
  await tx
    .insertInto('stores')
    .values(operator.stores.map((name) => ({ name })))
    .execute();
  for (const { name, email, roles, store } of operator.staff) {
    await createUser(context, { name, email, roles: roles as Role[], storeId: store, password: DEMO_PASSWORD });
  }
  await insertDemoProducts(tx, currency);
  const customers = demoCustomers(generated);
  await insertDemoCustomers(tx, customers, now);
  await insertDemoAccounts(tx, DEMO_PASSWORD, now);
  await insertDemoStock(tx, { box, now });
  await insertDemoServices(tx, customers, now);
  await insertDemoBilling(tx, { currency, now });
  await writeSetting(tx, MARK, { loadedAt: now.toISOString() });
  context.audit({
    action: 'demo.loaded',
    subject: { type: 'demo', id: 'operator' },
    detail: { customers: customers.length },
  });
}

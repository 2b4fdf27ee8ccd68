import { ensureFirstAdmin } from './access/first-admin.ts';
import { isDemoDatabase, loadDemo } from './demo/load.ts';
import type { CentralDeps } from './deps.ts';
import type { Inventory } from './inventory/inventory.ts';

/**
 * Sees to it that somebody can sign in: the demo operator in a demo, else the first administrator of an empty database,
 * whose password is printed once. Throws NotADemo.
 */
export async function prepareOperator(
  { config, db, background, log }: CentralDeps,
  { box }: Inventory,
  demoCustomers: number | undefined,
): Promise<void> {
  if (config.demo) {
    const { currency } = config;
    const loaded = await loadDemo({ background: background(), currency, box, generated: demoCustomers });
    log.info(loaded ? 'the demo operator is loaded' : 'the demo operator keeps what was done');
    return;
  }
  if (await isDemoDatabase(db)) log.warn('this database holds the demo operator, whose passwords everybody knows');
  const admin = await ensureFirstAdmin(background(), config.adminEmail);
  if (admin) console.log(`first administrator: ${admin.email} with password ${admin.password} (shown once)`);
}

import { accessRoutes } from './access/routes.ts';
import type { AccessTokens } from './access/tokens.ts';
import type { Accounts } from './accounts/accounts.ts';
import { accountsStaffRoutes } from './accounts/staff-routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import type { Config } from './config.ts';
import { ownersByItem } from './customers/held-items.ts';
import { customersRoutes } from './customers/routes.ts';
import { demoRoutes } from './demo/routes.ts';
import type { CentralDeps } from './deps.ts';
import type { Desks } from './desks/desks.ts';
import { desksRoutes } from './desks/routes.ts';
import { impersonationsRoutes } from './impersonations/routes.ts';
import type { Inventory } from './inventory/inventory.ts';
import { inventoryRoutes } from './inventory/routes.ts';
import type { Mailer } from './mail/mailer.ts';
import { ordersRoutes } from './orders/routes.ts';
import type { Provisioning } from './provisioning/index.ts';
import { provisioningRoutes } from './provisioning/routes.ts';
import { searchRoutes } from './search/routes.ts';
import type { Brands } from './self-care/brands.ts';
import { portalDeskRoutes } from './self-care/desk-routes.ts';
import { listServicesOfCustomer } from './services/read.ts';
import { servicesRoutes } from './services/routes.ts';
import { usageRoutes } from './services/usage-routes.ts';
import { storesRoutes } from './stores/routes.ts';
import { syncRoutes } from './sync/routes.ts';
import type { SyncSignals } from './sync/signals.ts';
import type { MovableClock } from './system/clock.ts';
import { systemRoutes } from './system/routes.ts';

/** What the routes need besides their request's context. */
export interface RouterParts {
  readonly config: Config;
  readonly clock: MovableClock;
  readonly tokens: AccessTokens;
  readonly inventory: Inventory;
  readonly desks: Desks;
  readonly provisioning: Provisioning;
  readonly signals: SyncSignals;
  readonly mailer: Mailer;
  readonly deps: CentralDeps;
  readonly brands: Brands;
  readonly accounts: Accounts;
}

/** Every route of the contract, each from the feature that owns it. */
export function createRouter(parts: RouterParts) {
  const { config, clock, tokens, inventory, desks, provisioning, signals, mailer, brands, accounts, deps } = parts;
  const ownersOf = ownersByItem(inventory.numbering, () => clock.now());
  return {
    ...accessRoutes(tokens, accounts),
    ...accountsStaffRoutes(accounts),
    ...auditRoutes,
    ...storesRoutes,
    ...customersRoutes({ ownersOf, listServices: listServicesOfCustomer }),
    ...searchRoutes({ ownersOf, numbering: inventory.numbering }),
    ...catalogueRoutes,
    ...inventoryRoutes(inventory, desks),
    ...ordersRoutes(provisioning),
    ...servicesRoutes,
    ...usageRoutes,
    ...provisioningRoutes(provisioning),
    ...systemRoutes(config, () => provisioning.connectors.check()),
    ...desksRoutes(config, desks),
    ...syncRoutes(provisioning, desks, signals),
    ...impersonationsRoutes({ ...deps, mailer }),
    ...portalDeskRoutes(brands, deps.publicUrl),
    ...demoRoutes(clock),
  };
}

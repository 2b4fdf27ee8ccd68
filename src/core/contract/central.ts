/**
 * Central's staff API (contract.md). Paths are relative to /api/v1. One table: name, route, access, errors, input, output.
 */
import { accessContract } from './central/access.ts';
import { accountsContract } from './central/accounts.ts';
import { customersContract } from './central/customers.ts';
import { desksContract, syncContract } from './central/desks.ts';
import { impersonationsContract } from './central/impersonations.ts';
import { inventoryContract } from './central/inventory.ts';
import { ordersContract, productsContract, servicesContract } from './central/orders.ts';
import { portalDeskContract } from './central/portal.ts';
import { provisioningContract } from './central/provisioning.ts';
import { demoContract, searchContract, systemContract } from './central/system.ts';
import { usageContract } from './central/usage.ts';

export const centralContract = {
  ...accessContract,
  ...accountsContract,
  products: productsContract,
  customers: customersContract,
  inventory: inventoryContract,
  orders: ordersContract,
  services: servicesContract,
  usage: usageContract,
  provisioning: provisioningContract,
  portal: portalDeskContract,
  search: searchContract,
  system: systemContract,
  desks: desksContract,
  sync: syncContract,
  impersonations: impersonationsContract,
  demo: demoContract,
};
export type CentralContract = typeof centralContract;

/**
 * The contract between the staff's screens and the desk's host: the same over a MessagePort (Electron) and a WebSocket
 * (browser shell). What a screen reads from head office has central's own shapes.
 */
import { centralContract } from './central.ts';
import { desksOwn } from './desk/own.ts';

const { accessPolicy, contactAccounts, customers, inventory, provisioning, orders, ownAccess, portal, products } =
  centralContract;
const { services, search, stores, system, users } = centralContract;

/** Central's routes that the host offers to the screens, under the same names. Whatever is not listed is out of reach. */
export const relayed = {
  products: { list: products.list, get: products.get },
  customers,
  inventory: {
    templates: inventory.templates,
    items: inventory.items,
    lookup: inventory.lookup,
    item: inventory.item,
    itemHistory: inventory.itemHistory,
    createItem: inventory.createItem,
    changeItem: inventory.changeItem,
    revealSecrets: inventory.revealSecrets,
    createImport: inventory.createImport,
    getImport: inventory.getImport,
    importRows: inventory.importRows,
    imports: inventory.imports,
  },
  orders: { get: orders.get, list: orders.list },
  services: { get: services.get, balances: services.balances },
  provisioning: {
    list: provisioning.list,
    get: provisioning.get,
    /** The job at once, then at every change; the host reconnects by itself and falls back to a 0.2 s poll (PA-17). */
    events: provisioning.events,
    logs: provisioning.logs,
    retry: provisioning.retry,
    cancel: provisioning.cancel,
  },
  ownAccess,
  users,
  accessPolicy,
  contactAccounts,
  portal: { brand: portal.brand, changeBrand: portal.changeBrand },
  search,
  stores,
  central: { info: system.info, connectors: system.connectors },
};

export const deskContract = { ...relayed, ...desksOwn };
export type DeskContract = typeof deskContract;

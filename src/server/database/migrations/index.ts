import type { Migration } from 'kysely/migration';

/**
 * In order, never changed once released. One file each: 0001-access (stores, users, sessions, keys, audit, idempotency,
 * settings), 0002-customers, 0003-catalogue, 0004-inventory, 0005-services, 0006-orders-provisioning, 0007-networks.
 */
export const migrations: Record<string, Migration> = {};

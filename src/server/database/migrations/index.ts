import type { Migration } from 'kysely/migration';
import * as access from './0001-access.ts';
import * as customers from './0002-customers.ts';
import * as catalogue from './0003-catalogue.ts';
import * as inventory from './0004-inventory.ts';
import * as services from './0005-services.ts';
import * as ordersAndProvisioning from './0006-orders-provisioning.ts';
import * as networks from './0007-networks.ts';
import * as sync from './0008-sync.ts';
import * as desks from './0009-desks.ts';
import * as commands from './0010-commands.ts';
import * as refreshGrace from './0011-refresh-grace.ts';
import * as portal from './0012-portal.ts';
import * as usage from './0013-usage.ts';
import * as accounts from './0014-accounts.ts';
import * as billing from './0015-billing.ts';
import * as impersonations from './0016-impersonations.ts';
import * as lockNotices from './0017-lock-notices.ts';
import * as giveBacks from './0018-give-backs.ts';

/** In order, never changed once released; one file each. */
export const migrations: Record<string, Migration> = {
  '0001-access': access,
  '0002-customers': customers,
  '0003-catalogue': catalogue,
  '0004-inventory': inventory,
  '0005-services': services,
  '0006-orders-provisioning': ordersAndProvisioning,
  '0007-networks': networks,
  '0008-sync': sync,
  '0009-desks': desks,
  '0010-commands': commands,
  '0011-refresh-grace': refreshGrace,
  '0012-portal': portal,
  '0013-usage': usage,
  '0014-accounts': accounts,
  '0015-billing': billing,
  '0016-impersonations': impersonations,
  '0017-lock-notices': lockNotices,
  '0018-give-backs': giveBacks,
};

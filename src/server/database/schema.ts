import type { AccessTables } from '../access/tables.ts';
import type { AccountTables } from '../accounts/tables.ts';
import type { AuditTables } from '../audit/tables.ts';
import type { BillingTables } from '../billing/tables.ts';
import type { CatalogueTables } from '../catalogue/tables.ts';
import type { ChargingTables } from '../charging/tables.ts';
import type { CustomerTables } from '../customers/tables.ts';
import type { DeskTables } from '../desks/tables.ts';
import type { HlrTables } from '../hlr/tables.ts';
import type { HttpTables } from '../http/tables.ts';
import type { InventoryTables } from '../inventory/tables.ts';
import type { MailTables } from '../mail/tables.ts';
import type { OrderTables } from '../orders/tables.ts';
import type { ProvisioningTables } from '../provisioning/tables.ts';
import type { PortalTables } from '../self-care/tables.ts';
import type { ServiceTables } from '../services/tables.ts';
import type { SyncCommandTables } from '../sync/commands-tables.ts';
import type { SystemTables } from '../system/tables.ts';

/** Every table of central. Each feature owns its own; others go through its exported functions. */
export interface Database
  extends AccessTables,
    AccountTables,
    AuditTables,
    BillingTables,
    CatalogueTables,
    ChargingTables,
    CustomerTables,
    DeskTables,
    HlrTables,
    HttpTables,
    InventoryTables,
    MailTables,
    OrderTables,
    PortalTables,
    ProvisioningTables,
    ServiceTables,
    SyncCommandTables,
    SystemTables {}

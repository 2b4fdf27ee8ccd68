import type { ColumnType } from 'kysely';
import type { Balance } from '#core/domain/service.ts';

export interface ChargingTables {
  chargingAccounts: { serviceUuid: string; currency: string | null; createdAt: Date; closedAt: Date | null };
  chargingBuckets: {
    id: string;
    serviceUuid: string;
    operationKey: string;
    type: Balance['type'];
    name: string;
    unit: Balance['unit'];
    /** Lowest is used first. */
    weight: number;
    total: number;
    used: ColumnType<number, number | undefined, number>;
    expiresAt: Date | null;
    createdAt: Date;
  };
  chargingOperations: {
    key: string;
    serviceUuid: string;
    action: string;
    inputHash: string;
    result: ColumnType<Record<string, unknown>, string, never>;
    createdAt: Date;
  };
}

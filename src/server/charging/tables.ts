import type { ColumnType } from 'kysely';
import type { BalanceType, Destination } from '#core/domain/charging.ts';
import type { Balance } from '#core/domain/service.ts';

export interface ChargingTables {
  chargingAccounts: { serviceUuid: string; currency: string | null; createdAt: Date; closedAt: Date | null };
  chargingPeriods: { id: string; serviceUuid: string; startsAt: Date; endsAt: Date | null; createdAt: Date };
  chargingBuckets: {
    id: string;
    serviceUuid: string;
    operationKey: string;
    type: BalanceType;
    name: string;
    unit: Balance['unit'];
    /** Lowest is used first. */
    weight: number;
    total: number;
    used: ColumnType<number, number | undefined, number>;
    /** What it pays for; null for everything of its type. */
    destinations: ColumnType<Destination[] | null, Destination[] | null | undefined>;
    startsAt: Date;
    expiresAt: Date | null;
    /** The plan's period that it belongs to; null for top-ups, boosts and promotions. */
    periodId: ColumnType<string | null, string | null | undefined>;
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
  usageRecords: {
    id: string;
    serviceUuid: string;
    type: BalanceType;
    destination: Destination;
    quantity: number;
    at: Date;
    peer: string | null;
    /** How the reporter named the service: `id:12`, `msisdn:+447…` or `imsi:234…`. */
    subscriber: string;
    uncovered: number;
    recordedAt: Date;
    /** Who reported it, such as `api_key:3`. */
    recordedBy: string;
  };
  usageConsumptions: { recordId: string; bucketId: string; quantity: number };
}

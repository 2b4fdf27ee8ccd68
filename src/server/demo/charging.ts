import { randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import { addPeriods } from '#core/domain/period.ts';
import { recordUsage } from '../charging/record-usage.ts';
import type { ChargingTables } from '../charging/tables.ts';
import type { Tx } from '../database/connection.ts';
import type { Random } from './random.ts';
import type { Line, SoldProduct } from './services.ts';
import { demoUsage } from './usage.ts';

const DAY_MS = 86_400_000;
const GIGABYTE = 1_000_000_000;
const AT_ONCE = 1_000;

type BucketRow = Insertable<ChargingTables['chargingBuckets']>;
type PeriodRow = Insertable<ChargingTables['chargingPeriods']>;

interface Sold {
  readonly uuid: string;
  readonly product: SoldProduct;
  readonly line: Line;
  readonly random: Random;
  readonly activatedAt: Date;
  readonly renewedAt: Date;
  readonly expiresAt: Date;
  readonly now: Date;
}

/** A service's charging account as it is before anything was used: its period, the one before, and its buckets. */
export function demoCharging({ uuid, product, line, random, activatedAt, renewedAt, expiresAt, now }: Sold) {
  const isNew = activatedAt >= renewedAt;
  const period = (startsAt: Date, endsAt: Date): PeriodRow => ({
    ...{ id: randomUUID(), serviceUuid: uuid, startsAt, endsAt, createdAt: startsAt },
  });
  const running = period(renewedAt, expiresAt);
  const earlier = period(isNew ? activatedAt : addPeriods(renewedAt, 'month', -1), renewedAt);
  const periods = isNew ? [running] : [earlier, running];
  return {
    account: { serviceUuid: uuid, currency: product.currency, createdAt: activatedAt, closedAt: null },
    periods,
    buckets: [
      ...periods.flatMap((each) => planBuckets(uuid, product, each)),
      ...extras(uuid, line, random, renewedAt, now),
    ],
    appetite: appetiteOf(line, random.next()),
    plan: { data: dataOf(product), since: activatedAt },
  };
}
export type DemoCharging = ReturnType<typeof demoCharging>;

/** Which part of a plan's data goes in a month. John Doe has something left of everything; a few run out of it. */
function appetiteOf({ customerId, shows }: Line, chance: number): number {
  if (customerId === 456) return 0.6;
  if (shows) return 0.8;
  return chance > 0.9 ? 1.8 : 0.2 + chance;
}

const dataOf = ({ vars }: SoldProduct) => Number(vars.data_gigabytes ?? 0) * GIGABYTE;

function planBuckets(serviceUuid: string, product: SoldProduct, period: PeriodRow): BucketRow[] {
  const { vars } = product;
  const times = { startsAt: period.startsAt, createdAt: period.startsAt, expiresAt: period.endsAt ?? null };
  const common = { serviceUuid, operationKey: `demo:${serviceUuid}`, periodId: period.id, ...times };
  const voice = { ...common, type: 'voice', unit: 'second' } as const;
  const rows: BucketRow[] = [
    { ...common, id: randomUUID(), type: 'data', unit: 'byte', name: 'Plan data', weight: 30, total: dataOf(product) },
    { ...voice, id: randomUUID(), name: 'Plan minutes', weight: 30, total: Number(vars.voice_minutes ?? 0) * 60 },
    {
      ...{ ...voice, id: randomUUID(), name: 'International minutes', weight: 25, destinations: ['international'] },
      total: Number(vars.international_minutes ?? 0) * 60,
    },
  ];
  return rows.filter(({ total }) => total > 0);
}

/** What some have besides their plan: a boost, a promotion, credit. The first of Johnson's lines has all. */
function extras(serviceUuid: string, line: Line, random: Random, renewedAt: Date, now: Date): BucketRow[] {
  const [boosts, promotes, pays] = [random.next() < 0.15, random.next() < 0.1, random.next() < 0.1];
  const isShown = line.shows === true;
  const age = random.below(Math.max(1, Math.floor((now.getTime() - renewedAt.getTime()) / DAY_MS)));
  const startsAt = new Date(now.getTime() - age * DAY_MS);
  const until = (days: number) => new Date(startsAt.getTime() + days * DAY_MS);
  const common = { serviceUuid, operationKey: `demo-extra:${serviceUuid}`, startsAt, createdAt: startsAt };
  const data = { ...common, type: 'data', unit: 'byte' } as const;
  const rows: BucketRow[] = [];
  if (line.customerId === 456) return rows;
  if (promotes || isShown) {
    rows.push({ ...data, id: randomUUID(), name: 'Welcome bonus', weight: 10, total: GIGABYTE, expiresAt: until(14) });
  }
  if (boosts || isShown) {
    rows.push({ ...data, id: randomUUID(), name: 'Data boost', weight: 20, total: 5 * GIGABYTE, expiresAt: until(30) });
  }
  if (pays || isShown) {
    const credit = { ...common, type: 'monetary', unit: 'minor_unit', name: 'Credit', weight: 20 } as const;
    rows.push({ ...credit, id: randomUUID(), total: 1_000, expiresAt: null });
  }
  return rows.filter(({ expiresAt }) => expiresAt == null || expiresAt > now);
}

/** Writes the accounts, and lets their customers use them through the last 30 days as everybody's usage is recorded. */
export async function insertDemoCharging(tx: Tx, all: readonly DemoCharging[], now: Date): Promise<void> {
  await tx
    .insertInto('chargingAccounts')
    .values(all.map(({ account }) => account))
    .execute();
  await tx
    .insertInto('chargingPeriods')
    .values(all.flatMap(({ periods }) => periods))
    .execute();
  await tx
    .insertInto('chargingBuckets')
    .values(all.flatMap(({ buckets }) => buckets))
    .execute();
  const usage = demoUsage(all, now);
  for (let start = 0; start < usage.length; start += AT_ONCE) {
    await recordUsage(tx, usage.slice(start, start + AT_ONCE), { now, by: 'system:0' });
  }
}

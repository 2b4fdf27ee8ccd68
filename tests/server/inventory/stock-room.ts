import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { luhnDigit } from '#core/scan/check-digits.ts';
import { type Connection, connect, type Db } from '../../../src/server/database/connection.ts';
import { createSecretBox, type SecretBox } from '../../../src/server/inventory/secret-box.ts';
import { insertStock, type NewStock } from '../../../src/server/inventory/stock.ts';
import { createTestDatabase } from '../../parts/database.ts';

/** A database with two stores, customers and their services, and a clock that the test moves. */
export interface StockRoom {
  readonly db: Db;
  readonly connection: Connection;
  readonly box: SecretBox;
  now(): Date;
  advance(seconds: number): void;
  /** Puts items in stock; returns their ids in order. */
  stock(rows: readonly NewStock[]): Promise<number[]>;
  /** A fresh available SIM card in store 1. */
  sim(): Promise<number>;
  close(): Promise<void>;
}

export const ana = { name: 'Ana', storeId: 1 };
export const bob = { name: 'Bob', storeId: 1 };
export const lyon = { name: 'Léa', storeId: 2 };
export const office = { name: 'Ada', storeId: null };

let counted = 0;

/** A card's number that no other call gave: 19 digits with a right Luhn digit. */
export function iccid(): string {
  counted += 1;
  return iccidOf(counted);
}

export function iccidOf(count: number): string {
  const body = `894411${String(count).padStart(12, '0')}`;
  return body + luhnDigit(body);
}

export async function openStockRoom(): Promise<StockRoom> {
  const database = await createTestDatabase();
  const connection = connect(database.url, 60);
  const { db } = connection;
  await fill(db);
  const box = createSecretBox(randomBytes(32));
  let time = Date.parse('2026-11-22T10:00:00Z');
  const now = () => new Date(time);
  const stock = async (rows: readonly NewStock[]) => {
    const receipt = { box, now: now(), userName: null };
    const stored = await db.transaction().execute((tx) => insertStock(tx, rows, receipt));
    return stored.map(({ id }) => id ?? 0);
  };
  return {
    ...{ db, connection, box, now, stock },
    advance: (seconds) => {
      time += seconds * 1000;
    },
    sim: async () => (await stock([{ template: 'sim_card', identifiers: { iccid: iccid() }, storeId: 1 }]))[0] ?? 0,
    close: async () => {
      await connection.close();
      await database.drop();
    },
  };
}

async function fill(db: Db): Promise<void> {
  await db
    .insertInto('stores')
    .values([{ name: 'Paris 2' }, { name: 'Lyon' }])
    .execute();
  const person = { type: 'individual', createdAt: new Date(0), searchText: '' } as const;
  await db
    .insertInto('customers')
    .values([1, 2, 3].map((id) => ({ name: `Customer ${id}`, ...person })))
    .execute();
}

export const draft = (): string => uuid();

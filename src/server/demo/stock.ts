import { createHash } from 'node:crypto';
import { luhnDigit } from '#core/scan/check-digits.ts';
import type { Tx } from '../database/connection.ts';
import type { SecretBox } from '../inventory/secret-box.ts';
import { insertStock, type NewStock } from '../inventory/stock.ts';

/** What each of the three stores has. The first SIM cards and numbers of store 1 are the seed's. */
const PER_STORE = { simCards: 260, numbers: 300, modems: 40, onts: 40, setTopBoxes: 30, phones: 30 };
const STORES = [1, 2, 3];
const FIRST_SIM = 123;
/** One card in so many is an eSIM. */
const ESIM_EVERY = 5;
/** +44 7700 900000 to 900999 are kept for fiction by Ofcom. */
const FIRST_NUMBER = 900_100;

export interface DemoStockDeps {
  readonly box: SecretBox;
  readonly now: Date;
}

export async function insertDemoStock(tx: Tx, { box, now }: DemoStockDeps): Promise<void> {
  for (const storeId of STORES) {
    const rows = stockOf(storeId).map((row) => ({ ...row, storeId }));
    await insertStock(tx, rows, { box, now, userName: null });
  }
}

function stockOf(storeId: number): NewStock[] {
  const before = storeId - 1;
  const many = (count: number, make: (index: number) => NewStock) =>
    Array.from({ length: count }, (_, index) => make(index + before * count));
  return [
    ...many(PER_STORE.simCards, (index) => simCard(index)),
    ...many(PER_STORE.numbers, (index) => mobileNumber(index)),
    ...many(PER_STORE.modems, (index) => device('modem', 'MD', index)),
    ...many(PER_STORE.onts, (index) => device('ont', 'HWTC', index)),
    ...many(PER_STORE.setTopBoxes, (index) => device('set_top_box', 'STB', index)),
    ...many(PER_STORE.phones, (index) => device('voip_phone', 'VP', index)),
  ];
}

/** The seed's three read 8944...0001 to ...0003, so the digit that makes their Luhn sum right stands before those. */
function simCard(index: number): NewStock {
  const label = `SIM-${String(FIRST_SIM + index).padStart(5, '0')}`;
  const iccid = index < 3 ? iccidEnding(`000${index + 1}`) : iccidOf(index);
  const imsi = `23415${String(index + 1).padStart(10, '0')}`;
  return {
    template: 'sim_card',
    label,
    identifiers: { iccid, imsi },
    status: index < 3 ? 'new' : 'in_stock',
    secrets: { ...secretsOf(iccid), ...(index % ESIM_EVERY === ESIM_EVERY - 1 ? esimOf(iccid) : {}) },
  };
}

function iccidEnding(ending: string): string {
  const candidates = Array.from({ length: 10 }, (_, digit) => `89441000000000${digit}${ending}`);
  return candidates.find((iccid) => luhnDigit(iccid.slice(0, -1)) === iccid.at(-1)) as string;
}

function iccidOf(index: number): string {
  const body = `894410${String(100_000 + index).padStart(12, '0')}`;
  return body + luhnDigit(body);
}

/** Invented, but as long and as different as real ones. */
function secretsOf(iccid: string) {
  const hash = createHash('sha256').update(`demo ${iccid}`).digest('hex').toUpperCase();
  const digits = BigInt(`0x${hash.slice(32)}`)
    .toString()
    .padStart(30, '0');
  return {
    ...{ pin1: '0000', puk1: digits.slice(0, 8), pin2: '1111', puk2: digits.slice(8, 16) },
    ki: hash.slice(0, 32),
  };
}

/** Where an eSIM's profile would be fetched from. */
function esimOf(iccid: string) {
  const matchingId = createHash('sha256').update(`esim ${iccid}`).digest('hex').slice(0, 16).toUpperCase();
  return { esim_activation_code: `LPA:1$smdp.comptoir.test$${matchingId}` };
}

/** Store 1 begins with the seed's 900123, the others where store 1 ends; the rest of the range follows. */
function mobileNumber(index: number): NewStock {
  const msisdn = `+447700${FIRST_NUMBER + ((index + 23) % 900)}`;
  return { template: 'mobile_number', identifiers: { msisdn } };
}

function device(template: string, prefix: string, index: number): NewStock {
  const serial = `${prefix}${String(26_000_000 + index * 37).padStart(8, '0')}`;
  const kind = template.length.toString(16).padStart(2, '0');
  const mac = ['02', 'c0', 'de', kind, hexByte(index >> 8), hexByte(index & 255)].join(':').toUpperCase();
  return { template, identifiers: { serial, mac } };
}

const hexByte = (byte: number) => byte.toString(16).padStart(2, '0');

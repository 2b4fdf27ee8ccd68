import { createHmac, randomInt } from 'node:crypto';
import type { Tx } from '../database/connection.ts';
import type { Owner } from './tables.ts';

const COUNT = 10;
const LENGTH = 10;
/** Without what is mistaken for something else: no 0, O, 1, I, L, U. Fifty bits a code. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** As people type it: in small letters, with the dash or without. */
const plain = (code: string): string => code.replaceAll(/[\s-]/g, '').toUpperCase();

/** Keyed, so that a stolen database tells none of them: they are short enough to be tried otherwise. */
export function backupCodeHash(key: Buffer, owner: Owner, code: string): string {
  return createHmac('sha256', key)
    .update(`${owner} ${plain(code)}`)
    .digest('hex');
}

/** Ten new codes in place of those before; their texts are in this answer only. */
export async function replaceBackupCodes(tx: Tx, key: Buffer, owner: Owner): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, newCode);
  await tx.deleteFrom('backupCodes').where('owner', '=', owner).execute();
  const rows = codes.map((code) => ({ owner, hash: backupCodeHash(key, owner, code), usedAt: null }));
  await tx.insertInto('backupCodes').values(rows).execute();
  return codes;
}

function newCode(): string {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
}

/** Uses a code up; false when it is none, or was used. */
export async function spendBackupCode(
  tx: Tx,
  key: Buffer,
  { owner, code, now }: { owner: Owner; code: string; now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('backupCodes')
    .set({ usedAt: now })
    .where('owner', '=', owner)
    .where('hash', '=', backupCodeHash(key, owner, code))
    .where('usedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

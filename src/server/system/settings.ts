import type { Reader, Tx } from '../database/connection.ts';

/** A fact all centrals of this installation share; undefined when it was never set. The caller checks its shape. */
export async function readSetting(reader: Reader, key: string): Promise<unknown> {
  const row = await reader.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}

export async function writeSetting(writer: Reader, key: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value);
  await writer
    .insertInto('settings')
    .values({ key, value: text })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text }))
    .execute();
}

/** Holds a fact until the transaction ends, so that it is read and written in one; sets it first where it never was. */
export async function lockSetting(tx: Tx, key: string, initial: unknown): Promise<void> {
  await tx
    .insertInto('settings')
    .values({ key, value: JSON.stringify(initial) })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  await tx.selectFrom('settings').select('key').where('key', '=', key).forUpdate().execute();
}

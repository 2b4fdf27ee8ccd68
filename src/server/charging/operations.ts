import { createHash } from 'node:crypto';
import type { Tx } from '../database/connection.ts';

/** The same key was used for something else. */
export class KeyReused extends Error {}

interface Operation {
  readonly key: string;
  readonly account: string;
  readonly action: string;
  readonly input: unknown;
  readonly now: Date;
}

/**
 * Does `work` once for a key. A second call with the key, even at the same moment, gets the first one's result. Throws
 * KeyReused when the key stands for another input.
 */
export async function once(
  tx: Tx,
  operation: Operation,
  work: () => Promise<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const { key, account, action, input, now } = operation;
  const inputHash = createHash('sha256')
    .update(JSON.stringify([action, account, input]))
    .digest('hex');
  const first = await tx
    .selectFrom('chargingOperations')
    .select(['inputHash', 'result'])
    .where('key', '=', key)
    .executeTakeFirst();
  if (first) {
    if (first.inputHash !== inputHash) throw new KeyReused(`operation ${key} was something else`);
    return first.result;
  }
  const result = await work();
  await tx
    .insertInto('chargingOperations')
    .values({ key, serviceUuid: account, action, inputHash, result: JSON.stringify(result), createdAt: now })
    .execute();
  return result;
}

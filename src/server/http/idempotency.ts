import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { canonicalJson } from '../audit/canonical.ts';
import type { Actor, AnswerSeal, BaseContext } from '../context.ts';
import type { Reader, Tx } from '../database/connection.ts';
import { fail } from './errors.ts';

/** One command as its caller names it. Keys are the actor's own, per route. */
export interface CommandKey {
  readonly actor: string;
  readonly route: string;
  readonly key: string;
  readonly inputHash: string;
}

export type FirstAnswer = { readonly replayed: false } | { readonly replayed: true; readonly response: unknown };

const HEADER = 'idempotency-key';
const keyPattern = /^[\x21-\x7e]{1,200}$/;

/** Reads the Idempotency-Key header; null when there is none and none is needed. */
export async function commandKeyOf(
  context: BaseContext,
  actor: Actor,
  route: string,
  input: unknown,
  required: boolean,
): Promise<CommandKey | null> {
  const key = context.headers[HEADER];
  if (key === undefined && !required) return null;
  if (typeof key !== 'string' || !keyPattern.test(key)) throw fail('idempotency_key_required');
  return { actor: `${actor.kind}:${actor.id}`, route, key, inputHash: await hashOf(input) };
}

async function hashOf(input: unknown): Promise<string> {
  return createHash('sha256')
    .update(canonicalJson(await withFileHashes(input)))
    .digest('hex');
}

/** An uploaded file counts by its content. */
async function withFileHashes(input: unknown): Promise<unknown> {
  if (input instanceof Blob)
    return {
      sha256: createHash('sha256')
        .update(await input.bytes())
        .digest('hex'),
    };
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return input;
  const fields = Object.entries(input).map(async ([name, value]) => [name, await withFileHashes(value)] as const);
  return Object.fromEntries(await Promise.all(fields));
}

/**
 * Claims the key within the command's transaction. When another request holds it, this waits until that one commits,
 * and then finds its answer; or until it rolls back, and then claims. Throws idempotency_key_reused.
 */
export async function claimKey(tx: Tx, seal: AnswerSeal, command: CommandKey, now: Date): Promise<FirstAnswer> {
  const { actor, route, key, inputHash } = command;
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('idempotency')
    .values({ actor, route, key, inputHash, response: null, createdAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 1n) return { replayed: false };
  return firstAnswer(tx, seal, command);
}

/** The stored answer of a key, if it was used. Throws idempotency_key_reused when it was used with another input. */
export async function firstAnswer(reader: Reader, seal: AnswerSeal, command: CommandKey): Promise<FirstAnswer> {
  const { actor, route, key, inputHash } = command;
  const found = await reader
    .selectFrom('idempotency')
    .select(['inputHash', 'response'])
    .where('actor', '=', actor)
    .where('route', '=', route)
    .where('key', '=', key)
    .executeTakeFirst();
  if (!found) return { replayed: false };
  if (found.inputHash !== inputHash) throw fail('idempotency_key_reused');
  return { replayed: true, response: found.response === null ? undefined : JSON.parse(seal.open(found.response)) };
}

/** Keeps the answer with its key; sealed, for some answers hold secrets (a new API key, a PUK). */
export async function storeAnswer(
  tx: Reader,
  seal: AnswerSeal,
  command: CommandKey,
  response: unknown,
  now: Date,
): Promise<void> {
  const text = response === undefined ? null : seal.close(JSON.stringify(response));
  const { actor, route, key, inputHash } = command;
  await tx
    .insertInto('idempotency')
    .values({ actor, route, key, inputHash, response: text, createdAt: now })
    .onConflict((conflict) => conflict.columns(['actor', 'route', 'key']).doUpdateSet({ response: text }))
    .execute();
}

/** A number for PostgreSQL's advisory locks that stands for the key. */
export function lockNumber({ actor, route, key }: CommandKey) {
  return sql<bigint>`hashtextextended(${`${actor}\n${route}\n${key}`}, 0)`;
}

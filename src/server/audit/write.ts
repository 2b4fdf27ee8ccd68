import { createHash } from 'node:crypto';
import type { Actor, AuditEntry } from '../context.ts';
import type { Tx } from '../database/connection.ts';
import { canonicalJson, storable } from './canonical.ts';

/** By whom, when and in which request the entries came to be. */
export interface AuditOrigin {
  readonly actor: Actor;
  /** The user in whose name the actor worked, when it is not the actor. */
  readonly effective?: { readonly id: number; readonly name: string } | null;
  readonly at: Date;
  readonly requestId: string;
}

/** What a link's hash covers, besides the hash before it. */
export interface AuditFacts {
  readonly chain: number;
  readonly position: number;
  readonly at: Date;
  readonly action: string;
  readonly actorKind: string;
  readonly actorId: number | null;
  readonly actorName: string;
  readonly effectiveId: number | null;
  readonly effectiveName: string | null;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly customerId: number | null;
  readonly detail: Record<string, unknown>;
  readonly requestId: string;
}

/** SHA-256 over the hash before and the canonical entry, hex. */
export function linkHash(previousHash: string, facts: AuditFacts): string {
  const { at, ...rest } = facts;
  const text = canonicalJson({ ...rest, at: at.toISOString() });
  return createHash('sha256').update(previousHash).update('\n').update(text).digest('hex');
}

/**
 * Appends entries to a chain, in the transaction of what they tell. The end of the chain stays locked until the commit:
 * call it last. There are several chains, so that commands commit side by side; a free one is taken.
 */
export async function writeAudit(tx: Tx, origin: AuditOrigin, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  let end = await lockChain(tx);
  const rows = entries.map((entry) => {
    const facts = factsOf(entry, origin, { chain: end.chain, position: end.position + 1 });
    const hash = linkHash(end.hash, facts);
    const row = { ...facts, detail: JSON.stringify(facts.detail), previousHash: end.hash, hash };
    end = { chain: end.chain, position: facts.position, hash };
    return row;
  });
  await tx.insertInto('auditEntries').values(rows).execute();
  await tx
    .updateTable('auditChains')
    .set({ position: end.position, hash: end.hash })
    .where('chain', '=', end.chain)
    .execute();
}

async function lockChain(tx: Tx): Promise<{ chain: number; position: number; hash: string }> {
  const ends = tx.selectFrom('auditChains').selectAll();
  const free = await ends.limit(1).forUpdate().skipLocked().executeTakeFirst();
  if (free) return free;
  const any = Math.floor(Math.random() * CHAINS);
  return ends.where('chain', '=', any).forUpdate().executeTakeFirstOrThrow();
}

/** As many as the migration made. */
const CHAINS = 8;

function factsOf(entry: AuditEntry, origin: AuditOrigin, place: { chain: number; position: number }): AuditFacts {
  const { at, requestId } = origin;
  const { actor = origin.actor, effective = origin.effective } = entry;
  return {
    ...place,
    at,
    action: entry.action,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    effectiveId: effective?.id ?? null,
    effectiveName: effective?.name ?? null,
    subjectType: entry.subject.type,
    subjectId: String(entry.subject.id),
    customerId: entry.customerId ?? null,
    detail: storable(entry.detail ?? {}),
    requestId,
  };
}

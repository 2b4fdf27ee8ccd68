import { type AuditOrigin, writeAudit } from '../audit/write.ts';
import type { Actor, AuditEntry, BaseContext, CommandContext } from '../context.ts';
import { retryable } from '../database/failures.ts';

const ATTEMPTS = 4;

/**
 * Runs a command: its effect and its audit lines in one transaction, then its effects outside. Work that met a deadlock
 * starts again. `effective` is in whose name the actor works, when that is another. Used by the HTTP commands and, with
 * `systemActor`, by background work.
 */
export async function inTransaction<T>(
  base: BaseContext,
  actor: Actor,
  work: (context: CommandContext) => Promise<T>,
  effective: AuditOrigin['effective'] = null,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(base, actor, work, effective);
    } catch (error) {
      if (attempt === ATTEMPTS || !retryable(error)) throw error;
      base.log.info({ requestId: base.requestId, attempt }, 'command met a deadlock and starts again');
    }
  }
}

async function attemptOnce<T>(
  base: BaseContext,
  actor: Actor,
  work: (context: CommandContext) => Promise<T>,
  effective: AuditOrigin['effective'],
): Promise<T> {
  const entries: AuditEntry[] = [];
  const effects: (() => void | Promise<void>)[] = [];
  const result = await base.db.transaction().execute(async (tx) => {
    const context: CommandContext = {
      ...base,
      actor,
      tx,
      audit: (entry) => void entries.push(entry),
      afterCommit: (effect) => void effects.push(effect),
    };
    const made = await work(context);
    await writeAudit(tx, { actor, effective, at: base.clock.now(), requestId: base.requestId }, entries);
    return made;
  });
  for (const effect of effects) void runEffect(base, effect);
  return result;
}

/** The effect is committed, so a failure here must not turn the answer into an error. */
async function runEffect({ log, requestId }: BaseContext, effect: () => void | Promise<void>): Promise<void> {
  try {
    await effect();
  } catch (err) {
    log.error({ err, requestId }, 'work after a commit failed');
  }
}

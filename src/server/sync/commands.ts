import { sql } from 'kysely';
import type { Command, CommandOutcome } from '#core/sync/commands.ts';
import type { AuditEntry, BaseContext, CommandContext, QueryContext } from '../context.ts';
import { fail } from '../http/errors.ts';
import { inTransaction } from '../http/transaction.ts';
import type { OrderTools } from '../orders/place-order.ts';
import { type Door, type Originator, originatorOf } from './commands-doors.ts';
import { passingReason, refusalOf } from './commands-failures.ts';
import { commandKinds } from './commands-kinds.ts';
import {
  accepted,
  type Decision,
  findDecision,
  forgetDecision,
  type KeptDecision,
  keepDecision,
  lockCommand,
  outcomeOf,
  refused,
} from './commands-records.ts';

/**
 * Takes the commands of a desk in order, each in a transaction of its own, each once in effect however often and from
 * however many sides it comes. When central stops or its database is away, the rest is `later` without a try.
 */
export async function takeCommands(
  base: BaseContext,
  door: Door,
  commands: readonly Command[],
  tools: OrderTools,
): Promise<CommandOutcome[]> {
  const outcomes: CommandOutcome[] = [];
  let halted: string | null = null;
  for (const command of commands) {
    if (base.closing.aborted) halted = 'stopping';
    const outcome: CommandOutcome =
      halted === null
        ? await takeCommand(base, door, command, tools)
        : { id: command.id, outcome: 'later', reason: halted };
    if (outcome.outcome === 'later' && outcome.reason === 'database') halted = outcome.reason;
    outcomes.push(outcome);
  }
  return outcomes;
}

/** One command. Never throws: what can't be decided now is `later`, and nothing of it is kept. */
async function takeCommand(
  base: BaseContext,
  door: Door,
  command: Command,
  tools: OrderTools,
): Promise<CommandOutcome> {
  try {
    const originator = await originatorOf(base.db, door, command);
    const { actor, effective } = originator;
    const stand: QueryContext = { ...base, actor, desk: door.desk };
    const decision = await inTransaction(
      stand,
      actor,
      (context) => decide(context, door, originator, command, tools),
      effective,
    );
    return outcomeOf(command, decision);
  } catch (error) {
    const reason = passingReason(error);
    if (reason !== null) {
      base.log.info({ requestId: base.requestId, command: command.id, reason }, 'a command has to come again');
      return { id: command.id, outcome: 'later', reason };
    }
    // A reused id, which must not touch the first command's record; or a failure of the record itself.
    const refusal = refusalOf(error, base) ?? fail('internal_error', { requestId: base.requestId });
    return outcomeOf(command, refused(refusal));
  }
}

async function decide(
  context: CommandContext,
  door: Door,
  originator: Originator,
  command: Command,
  tools: OrderTools,
): Promise<Decision> {
  const { tx, clock } = context;
  await lockCommand(tx, command.id);
  const kept = await findDecision(tx, command);
  if (kept !== null && !isOpenAgain(kept, door)) return kept.decision;
  if (kept !== null) await forgetDecision(tx, command);
  const decision = await attempt(atDesk(context, door, command), command, async (inside) => {
    const { permission, run } = commandKinds[command.type];
    originator.require(permission);
    return run(inside, command.payload, tools);
  });
  await keepDecision(tx, door, command, decision, clock.now());
  return decision;
}

/** What a person was not allowed to do, one who hands the desk's work in may be: once. */
function isOpenAgain({ decision, handedInBy }: KeptDecision, { manager }: Door): boolean {
  return (
    manager !== null && handedInBy === null && decision.outcome === 'refused' && decision.error.code === 'forbidden'
  );
}

/** Runs the effect so that a refusal takes all of it back, and only it: the refusal is kept in the same transaction. */
async function attempt(
  context: CommandContext,
  command: Command,
  effect: (inside: CommandContext) => Promise<Record<string, unknown>>,
): Promise<Decision> {
  const { tx } = context;
  const lines: AuditEntry[] = [];
  const after: (() => void | Promise<void>)[] = [];
  await sql`savepoint effect`.execute(tx);
  try {
    const result = await effect({
      ...context,
      audit: (line) => void lines.push(line),
      afterCommit: (work) => void after.push(work),
    });
    await sql`release savepoint effect`.execute(tx);
    for (const line of lines) context.audit(line);
    for (const work of after) context.afterCommit(work);
    return accepted(result);
  } catch (error) {
    const refusal = refusalOf(error, context);
    if (refusal === null) throw error;
    await sql`rollback to savepoint effect`.execute(tx);
    const { id, type } = command;
    const detail = { type, code: refusal.code };
    context.audit({ action: 'command.refused', subject: { type: 'command', id }, detail });
    return refused(refusal);
  }
}

/** The audit's lines say at which desk it was done, and when by that desk's clock. */
function atDesk(context: CommandContext, { desk }: Door, { id: commandId, madeAt }: Command): CommandContext {
  const where = { id: desk.id, name: desk.name, madeAt, commandId };
  return {
    ...context,
    audit: ({ detail, ...line }) => context.audit({ ...line, detail: { ...detail, atDesk: where } }),
  };
}

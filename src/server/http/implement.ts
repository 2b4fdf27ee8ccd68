import { implement } from '@orpc/server';
import { sql } from 'kysely';
import type { RouteMeta } from '#core/contract/base.ts';
import { centralContract } from '#core/contract/central.ts';
import { hasPermission } from '#core/domain/granted.ts';
import { deskActor } from '../access/identify.ts';
import type { Actor, BaseContext, CallingDesk, CommandContext, QueryContext } from '../context.ts';
import type { Db } from '../database/connection.ts';
import { fail } from './errors.ts';
import { gate } from './gate.ts';
import { type CommandKey, claimKey, commandKeyOf, firstAnswer, lockNumber, storeAnswer } from './idempotency.ts';
import { inTransaction } from './transaction.ts';

// Input is parsed before the last middleware of a stack runs: strangers are told 401 or 403 before anything about their
// input, and no transaction is opened for input that is not valid.
const stack = implement(centralContract, { initialInputValidationIndex: -1 }).$context<BaseContext>();

/** Routes anyone may call (`access: 'public'`): sign-in. They make their own transactions. */
export const open = implement(centralContract).$context<BaseContext>();

/**
 * AU: known caller, permission of the route. Read from the database at every request, so that a change acts at once.
 * Routes of the desk itself need its credential only; on the others it says where the person stands.
 */
const authorized = open.middleware(async ({ context, procedure, next }) => {
  const { access, beforeEnrolment } = procedure['~orpc'].meta as RouteMeta;
  if (access === undefined || access === 'public') throw new Error('the route does not say who may call it');
  const desk = await context.identifyDesk();
  if (access === 'desk') return next({ context: asDesk(desk) });
  const actor = await context.identify();
  if (actor.mustEnrol && !beforeEnrolment) throw fail('two_factor_needed');
  if (access !== 'signed_in' && !hasPermission(actor.permissions, access))
    throw fail('forbidden', { permission: access });
  return next({ context: { actor, desk } satisfies Caller });
});

interface Caller {
  readonly actor: Actor;
  readonly desk: CallingDesk | null;
}

function asDesk(desk: CallingDesk | null): Caller {
  if (desk === null) throw fail('desk_unknown');
  return { actor: deskActor(desk), desk };
}

/** Routes that read. */
export const queries = implement(centralContract).$context<BaseContext>().use(authorized);

const transactional = stack.middleware(async ({ context, path, procedure, next }, input) => {
  const { actor } = context as QueryContext;
  const meta = procedure['~orpc'].meta as RouteMeta;
  const command = await commandKeyOf(context, actor, path.join('.'), input, meta.keyless !== true);
  return inTransaction(context, actor, async (inside) => {
    const now = context.clock.now();
    const first = command ? await claimKey(inside.tx, context.answers, command, now) : { replayed: false as const };
    const { tx, audit, afterCommit } = inside;
    const added = { tx, audit, afterCommit };
    if (first.replayed) return { output: first.response, context: added };
    const result = await next({ context: added });
    if (command) await storeAnswer(inside.tx, context.answers, command, result.output, now);
    return result;
  });
});

/**
 * Routes that change something: one transaction for the effect, the answer kept for its Idempotency-Key, and the audit.
 * A failed command keeps nothing, so the same key may be tried again.
 */
export const commands = stack.use(authorized).use(transactional);

/**
 * Two requests with one key run one after the other, by a lock that PostgreSQL frees when its holder dies. The answer is
 * kept after the work: if central dies between, the same key runs the work again, which must then find it done.
 */
const serialised = stack.middleware(async ({ context, path, procedure, next }, input, output) => {
  const { actor } = context as QueryContext;
  const meta = procedure['~orpc'].meta as RouteMeta;
  const command = await commandKeyOf(context, actor, path.join('.'), input, meta.keyless !== true);
  if (!command) return next();
  return locked(context, command, async () => {
    const first = await firstAnswer(context.db, context.answers, command);
    if (first.replayed) return output(first.response);
    const result = await next();
    await storeAnswer(context.db, context.answers, command, result.output, context.clock.now());
    return result;
  });
});

/** Each holds a connection for its lock and needs others for its work: so few at once can not use up the pool. */
const few = gate(4);

function locked<T>({ db }: BaseContext, command: CommandKey, work: () => Promise<T>): Promise<T> {
  return few(() => lockedNow(db, command, work));
}

function lockedNow<T>(db: Db, command: CommandKey, work: () => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${lockNumber(command)})`.execute(connection);
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${lockNumber(command)})`.execute(connection);
    }
  });
}

/** Commands with `ownTransaction`: the handler gets no `tx` and uses `inTransaction` for each of its steps. */
export const ownTransactions = stack.use(authorized).use(serialised);

/** The middlewares each kind of route must carry; checked at start. */
export const stacks = { authorized, transactional, serialised };
export type { CommandContext, QueryContext };

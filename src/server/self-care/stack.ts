import { implement } from '@orpc/server';
import type { PortalRouteMeta } from '#core/contract/portal/base.ts';
import { portalContract } from '#core/contract/portal.ts';
import type { CommandContext } from '../context.ts';
import { fail } from '../http/errors.ts';
import { claimKey, commandKeyOf, storeAnswer } from '../http/idempotency.ts';
import { inTransaction } from '../http/transaction.ts';
import type { PortalBase, PortalCaller, PortalQueryContext } from './context.ts';
import type { CsrfTokens } from './sessions.ts';

const CSRF_HEADER = 'x-csrf-token';
/**
 * Lets the page's service worker keep an answer for reading without a line, and says whose it is. Answers to staff who look
 * through the customer's eyes, to links and to keys have none: their browsers are not the customer's.
 */
const KEEP_FOR_HEADER = 'x-comptoir-keep-for';

/** The kinds of routes of the portal. What each lets through is said by the route's own entry in the contract. */
export function portalStack(csrf: CsrfTokens) {
  // Input is parsed last: strangers are told 401 or 403 before anything about their input.
  const stack = implement(portalContract, { initialInputValidationIndex: -1 }).$context<PortalBase>();
  const plain = implement(portalContract).$context<PortalBase>();

  /** Another site's page may not even knock (a sign-in into somebody else's account is an attack too). */
  const fromOwnPages = plain.middleware(async ({ context, procedure, next }) => {
    const meta = procedure['~orpc'].meta as PortalRouteMeta;
    if (meta.command && !context.sameOrigin) throw fail('csrf_failed');
    return next();
  });

  const admitted = plain.middleware(async ({ context, procedure, next }) => {
    const meta = procedure['~orpc'].meta as PortalRouteMeta;
    const caller = await context.identifyCaller();
    if (meta.sensitive && caller.impersonation !== null) {
      await noteRefusal(context, caller, procedure['~orpc'].route.path ?? '');
      throw fail('not_while_impersonating');
    }
    admit(meta, caller);
    if (meta.command && caller.session !== null) {
      const sent = context.headers[CSRF_HEADER];
      if (!context.sameOrigin || !csrf.matches(caller.session.id, sent)) throw fail('csrf_failed');
    }
    if (caller.mode === 'own') context.resHeaders?.set(KEEP_FOR_HEADER, String(caller.accountId));
    return next({ context: { caller, actor: caller.actor } });
  });

  /** Last in its stack: what was sent is parsed before it, and after whoever sent it was let in. */
  const parsed = stack.middleware(({ next }) => next());

  const transactional = stack.middleware(async ({ context, path, procedure, next }, input) => {
    const { caller } = context as unknown as PortalQueryContext;
    const meta = procedure['~orpc'].meta as PortalRouteMeta;
    const route = `portal.${path.join('.')}`;
    const command = await commandKeyOf(context, caller.actor, route, input, meta.keyless !== true);
    return inTransaction(
      context,
      caller.actor,
      async ({ tx, audit, afterCommit }: CommandContext) => {
        const now = context.clock.now();
        const first = command ? await claimKey(tx, context.answers, command, now) : { replayed: false as const };
        const added = { tx, audit, afterCommit };
        if (first.replayed) return { output: first.response, context: added };
        const result = await next({ context: added });
        if (command) await storeAnswer(tx, context.answers, command, result.output, now);
        return result;
      },
      caller.effective,
    );
  });

  return {
    /** Routes for anybody. They make their own transactions. */
    open: plain.use(fromOwnPages),
    /** Routes that read. */
    queries: stack.use(admitted).use(parsed),
    /** Routes that change something, in one transaction with their audit. */
    commands: stack.use(admitted).use(transactional),
    /** Commands with `ownTransaction`: the handler uses `inTransaction` for each of its steps. */
    ownTransactions: stack.use(admitted).use(parsed),
    middlewares: { fromOwnPages, admitted, transactional },
  };
}
export type PortalStack = ReturnType<typeof portalStack>;

/** What the route's entry in the contract asks of its caller. Throws in the order of what a caller may know. */
function admit(meta: PortalRouteMeta, caller: PortalCaller): void {
  if (caller.mode === 'key') {
    if (meta.keys === undefined || meta.keys === 'none') throw fail('forbidden');
    if (meta.keys === 'write' && !caller.mayChange) throw fail('forbidden');
    return;
  }
  if (meta.portal === 'account' && caller.accountId === null) throw fail('no_account');
  // Taking the second step, or ending, is always open to who looks through the customer's eyes.
  if (meta.command && !caller.mayChange && !meta.always) throw fail('changes_not_allowed');
}

/** IM-9: that staff tried what only the customer may do is kept, though nothing was done. */
async function noteRefusal(context: PortalBase, caller: PortalCaller, route: string): Promise<void> {
  await inTransaction(
    context,
    caller.actor,
    async ({ audit }) =>
      audit({
        action: 'impersonation.refused',
        subject: { type: 'customer', id: caller.customerId },
        customerId: caller.customerId,
        detail: { route, impersonationId: caller.impersonation?.id ?? null },
      }),
    caller.effective,
  );
}

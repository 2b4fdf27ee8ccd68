import { inTransaction } from '../http/transaction.ts';
import { endImpersonations } from '../impersonations/end.ts';
import { clearSessionCookie, sessionCookieOf } from './cookies.ts';
import { portalMe } from './me.ts';
import type { PortalParts } from './router.ts';
import { endPortalSessions } from './sessions.ts';

/** Who is signed in, and the way out. */
export function sessionRoutes({ csrf, stack }: PortalParts) {
  return {
    me: stack.queries.me.handler(({ context }) => portalMe(context.db, csrf, context.caller, context.clock.now())),
    auth: {
      /** Ends the session if there is one, and the cookie in any case: whoever asks wants to be out. */
      logout: stack.open.auth.logout.handler(async ({ context }) => {
        clearSessionCookie(context.resHeaders, context.secureCookies);
        if (sessionCookieOf(context.headers) === undefined) return;
        const caller = await context.identifyCaller().catch(() => null);
        const { session } = caller ?? {};
        if (!caller || !session) return;
        await inTransaction(
          context,
          caller.actor,
          async ({ tx, clock, audit }) => {
            if (caller.impersonation !== null) {
              // Leaving by the customer's own button is leaving all the same.
              await endImpersonations({ tx, clock, audit }, { id: caller.impersonation.id }, 'ended');
              return;
            }
            await endPortalSessions(tx, clock.now(), 'signed_out', { id: session.id });
            audit({
              action: 'portal.signed_out',
              subject: { type: 'customer', id: caller.customerId },
              customerId: caller.customerId,
            });
          },
          caller.effective,
        );
      }),
    },
  };
}

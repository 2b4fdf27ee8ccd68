import { fail } from '../http/errors.ts';
import type { PortalCaller } from '../self-care/context.ts';
import { clearSessionCookie } from '../self-care/cookies.ts';
import { portalMe } from '../self-care/me.ts';
import type { PortalParts } from '../self-care/router.ts';
import { allowChanges } from './changes.ts';
import { endImpersonations } from './end.ts';

/** What the page itself offers to who looks through a customer's eyes: the second step, and the way out. */
export function impersonationPortalRoutes({ csrf, stack }: PortalParts) {
  const { commands } = stack;
  return {
    impersonation: {
      allowChanges: commands.impersonation.allowChanges.handler(async ({ context }) => {
        const { id, userId, ...rest } = livingOf(context.caller);
        const now = context.clock.now();
        await allowChanges(context, id, userId);
        const impersonation = { id, userId, ...rest, changesAllowedAt: now };
        return portalMe(context.tx, csrf, { ...context.caller, impersonation, mayChange: true }, now);
      }),
      end: commands.impersonation.end.handler(async ({ context }) => {
        const { id } = livingOf(context.caller);
        clearSessionCookie(context.resHeaders, context.secureCookies);
        await endImpersonations(context, { id }, 'ended');
      }),
    },
  };
}

function livingOf({ impersonation }: PortalCaller) {
  if (impersonation === null) throw fail('forbidden');
  return impersonation;
}

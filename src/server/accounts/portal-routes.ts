import { setSessionCookie } from '../self-care/cookies.ts';
import { portalMe } from '../self-care/me.ts';
import type { PortalParts } from '../self-care/router.ts';
import { callerOfSession } from '../self-care/sessions.ts';
import { signInToPortal } from './sign-in.ts';

/** The customer's way in, and what protects their account. */
export function accountsPortalRoutes({ csrf, stack }: PortalParts) {
  return {
    auth: {
      login: stack.open.auth.login.handler(async ({ context, input }) => {
        const { token, expires } = await signInToPortal(context, input);
        setSessionCookie(context.resHeaders, token, { secure: context.secureCookies, expires });
        const caller = await callerOfSession(context, token, { viewKey: undefined, active: true });
        return portalMe(context.db, csrf, caller, context.clock.now());
      }),
    },
  };
}

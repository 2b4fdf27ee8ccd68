import type { Accounts } from '../accounts/accounts.ts';
import { accountsPortalRoutes } from '../accounts/portal-routes.ts';
import type { CentralDeps } from '../deps.ts';
import { impersonationPortalRoutes } from '../impersonations/portal-routes.ts';
import type { SecretBox } from '../inventory/secret-box.ts';
import type { Mailer } from '../mail/mailer.ts';
import { accountRoutes } from './account-routes.ts';
import { billingRoutes } from './billing-routes.ts';
import type { Brands } from './brands.ts';
import { serviceRoutes } from './service-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import type { CsrfTokens } from './sessions.ts';
import { brandRoutes } from './shown-brand.ts';
import type { PortalStack } from './stack.ts';

/** What the portal's routes need besides their request's context. */
export interface PortalParts extends CentralDeps {
  readonly brands: Brands;
  readonly csrf: CsrfTokens;
  readonly stack: PortalStack;
  readonly mailer: Mailer;
  /** Opens what lies sealed in the stock: the code of an eSIM. */
  readonly box: SecretBox;
  readonly accounts: Accounts;
}

/** Every route of the portal's contract, each from the feature that owns it. */
export function portalRouter(parts: PortalParts) {
  const session = sessionRoutes(parts);
  const accounts = accountsPortalRoutes(parts);
  return {
    ...brandRoutes(parts),
    ...session,
    auth: { ...session.auth, ...accounts.auth },
    ...impersonationPortalRoutes(parts),
    ...serviceRoutes(parts),
    ...billingRoutes(parts),
    account: { ...accountRoutes(parts), ...accounts.account },
  };
}

import type { FastifyInstance } from 'fastify';
import { portalContract } from '#core/contract/portal.ts';
import type { CentralDeps } from '../deps.ts';
import { checkPortalRouter } from '../http/check-portal-router.ts';
import { mountPortalApi } from './mount.ts';
import { mountPortalPages } from './pages.ts';
import { type PortalParts, portalRouter } from './router.ts';
import { csrfTokens } from './sessions.ts';
import { portalStack } from './stack.ts';

/** The customers' portal: its API and its pages. */
export function createSelfCare(deps: CentralDeps, parts: Pick<PortalParts, 'mailer' | 'accounts' | 'brands' | 'box'>) {
  const { db, clock, log, closing, answers } = deps;
  const { brands } = parts;
  const csrf = csrfTokens(deps.secrets);
  const stack = portalStack(csrf);
  const router = portalRouter({ ...deps, ...parts, csrf, stack });
  checkPortalRouter(portalContract, router, stack.middlewares);
  const shared = { db, clock, log, closing, answers };
  return {
    mount(app: FastifyInstance): void {
      mountPortalApi(app, router, shared);
      mountPortalPages(app, { ...shared, brands });
    },
  };
}

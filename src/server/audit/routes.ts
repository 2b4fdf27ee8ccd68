import { queries } from '../http/implement.ts';
import { listActivity } from './read.ts';
import { verifyAudit } from './verify.ts';

export const auditRoutes = {
  audit: {
    list: queries.audit.list.handler(({ context, input }) => listActivity(context.db, input)),
    verify: queries.audit.verify.handler(({ context }) => verifyAudit(context.db)),
  },
};

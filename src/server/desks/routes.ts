import { fail } from '../http/errors.ts';
import { commands, open, queries } from '../http/implement.ts';

const soon = () => {
  throw fail('unavailable');
};

export const desksRoutes = {
  desks: {
    list: queries.desks.list.handler(soon),
    pending: queries.desks.pending.handler(soon),
    requestEnrolment: open.desks.requestEnrolment.handler(soon),
    approveEnrolment: commands.desks.approveEnrolment.handler(soon),
    collectEnrolment: open.desks.collectEnrolment.handler(soon),
    revoke: commands.desks.revoke.handler(soon),
    reclaimStock: commands.desks.reclaimStock.handler(soon),
  },
};

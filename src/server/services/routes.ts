import { queries } from '../http/implement.ts';
import { balancesOfService, getService } from './read.ts';

export const servicesRoutes = {
  services: {
    get: queries.services.get.handler(({ context: { db, clock }, input }) => getService(db, input.id, clock.now())),
    balances: queries.services.balances.handler(async ({ context: { db, clock }, input }) => {
      const items = await balancesOfService(db, input.id, clock.now());
      return { items, nextCursor: null };
    }),
  },
};

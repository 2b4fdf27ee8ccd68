import { queries } from '../http/implement.ts';

export const storesRoutes = {
  stores: {
    list: queries.stores.list.handler(async ({ context: { db } }) => {
      const items = await db.selectFrom('stores').select(['id', 'name']).orderBy('id').execute();
      return { items, nextCursor: null };
    }),
  },
};

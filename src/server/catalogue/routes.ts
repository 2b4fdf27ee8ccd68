import { commands, queries } from '../http/implement.ts';
import { changeProduct, createProduct, getProduct, listProducts } from './products.ts';

export const catalogueRoutes = {
  products: {
    list: queries.products.list.handler(({ context, input }) => listProducts(context, input)),
    get: queries.products.get.handler(({ context, input }) => getProduct(context.db, input.id)),
    create: commands.products.create.handler(({ context, input }) => createProduct(context, input)),
    change: commands.products.change.handler(({ context, input }) => changeProduct(context, input)),
  },
};

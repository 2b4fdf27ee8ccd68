import { hasPermission } from '#core/domain/granted.ts';
import { type InventoryTemplate, templateSchema } from '#core/domain/inventory.ts';
import { type Product, productSchema } from '#core/domain/product.ts';
import type { Store } from '#core/domain/user.ts';
import type { Central } from '../central/client.ts';
import { fail } from '../failures.ts';
import type { Read } from './asked.ts';
import { idOfCursor, PAGE_LIMIT, type Page, pageById } from './page.ts';

type ProductFilter = Parameters<Central['products']['list']>[0];

/** PA-3: products on offer; with `all`, disabled ones too, for who manages the catalogue. */
export const listProducts: Read<ProductFilter, Page<Product>> = async ({ reader, person }, filter) => {
  const { customerType, category, serviceType, limit = PAGE_LIMIT, cursor } = filter;
  const all = filter.all === true;
  if (all && !hasPermission(person?.permissions ?? [], 'manage_catalogue')) {
    throw fail('forbidden', { permission: 'manage_catalogue' });
  }
  const rows = await reader
    .selectFrom('product')
    .select('document')
    .where('id', '>', idOfCursor(cursor) ?? 0)
    .orderBy('id')
    .execute();
  const products = rows
    .map(({ document }) => productSchema.parse(JSON.parse(document)))
    .filter((product) => all || product.enabled)
    .filter((product) => customerType === undefined || product.customerTypes.includes(customerType))
    .filter((product) => category === undefined || product.category === category)
    .filter((product) => serviceType === undefined || product.serviceType === serviceType);
  return { whole: pageById(products, limit, (product) => product) };
};

/** One product, offered or not. */
export const getProduct: Read<{ id: number }, Product> = async ({ reader }, { id }) => {
  const row = await reader.selectFrom('product').select('document').where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : { whole: productSchema.parse(JSON.parse(row.document)) };
};

export const listTemplates: Read<unknown, Page<InventoryTemplate>> = async ({ reader }) => {
  const rows = await reader.selectFrom('template').select('document').execute();
  const items = rows.map(({ document }) => templateSchema.parse(JSON.parse(document)));
  items.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { whole: { items, nextCursor: null } };
};

export const listStores: Read<unknown, Page<Store>> = async ({ reader }) => {
  const items = await reader.selectFrom('store').select(['id', 'name']).orderBy('id').execute();
  return { whole: { items, nextCursor: null } };
};

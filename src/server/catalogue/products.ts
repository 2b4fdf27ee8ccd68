import { hasPermission } from '#core/domain/granted.ts';
import { type Product, productSchema } from '#core/domain/product.ts';
import type { CommandContext, QueryContext } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { violatedConstraint } from '../database/failures.ts';
import { fail } from '../http/errors.ts';
import { type Page, pageFrom, readCursor } from '../http/page.ts';

function productRows(reader: Reader) {
  return reader.selectFrom('products').selectAll();
}
type ProductRow = Awaited<ReturnType<ReturnType<typeof productRows>['executeTakeFirstOrThrow']>>;

function present({ currency, recurringAmount, period, setupAmount, vars: _, ...row }: ProductRow): Product {
  const recurring =
    recurringAmount === null || period === null ? null : { price: { amount: recurringAmount, currency }, period };
  return { ...row, recurring, setup: { amount: setupAmount, currency } };
}

/** The row of a product. Throws invalid_input when its prices are in two currencies. */
export function productRow({ recurring, setup, inventoryTemplates, businessFields, ...product }: Omit<Product, 'id'>) {
  if (recurring && recurring.price.currency !== setup.currency) {
    throw fail('invalid_input', { issues: [{ path: 'setup.currency', message: 'is not the currency of the price' }] });
  }
  return {
    ...product,
    currency: setup.currency,
    recurringAmount: recurring?.price.amount ?? null,
    period: recurring?.period ?? null,
    setupAmount: setup.amount,
    inventoryTemplates: JSON.stringify(inventoryTemplates),
    businessFields: JSON.stringify(businessFields),
  };
}

interface ProductFilter {
  readonly customerType?: Product['customerTypes'][number];
  readonly category?: Product['category'];
  readonly serviceType?: Product['serviceType'];
  readonly all?: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

/** PA-3: products on offer; with `all`, disabled ones too, for who manages the catalogue. */
export async function listProducts({ db, actor }: QueryContext, filter: ProductFilter): Promise<Page<Product>> {
  const { all = false, customerType, category, serviceType, limit, cursor } = filter;
  if (all && !hasPermission(actor.permissions, 'manage_catalogue')) {
    throw fail('forbidden', { permission: 'manage_catalogue' });
  }
  const rows = await productRows(db)
    .where('id', '>', readCursor<{ id: number }>(cursor)?.id ?? 0)
    .where((where) =>
      where.and([
        ...(all ? [] : [where('enabled', '=', true)]),
        ...(customerType ? [where(where.val(customerType), '=', where.fn.any('customerTypes'))] : []),
        ...(category ? [where('category', '=', category)] : []),
        ...(serviceType ? [where('serviceType', '=', serviceType)] : []),
      ]),
    )
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return pageFrom(rows, limit, ({ id }) => ({ id }), present);
}

/** One product, offered or not. Throws not_found. */
export async function getProduct(reader: Reader, id: number): Promise<Product> {
  const row = await productRows(reader).where('id', '=', id).executeTakeFirst();
  if (!row) throw fail('not_found', { what: 'product' });
  return present(row);
}

type Vars = Record<string, string | number | boolean>;
export type ProductInput = Omit<Product, 'id'> & { vars?: Vars };

/** Throws invalid_input when the slug is taken. */
export async function createProduct(context: CommandContext, { vars = {}, ...input }: ProductInput): Promise<Product> {
  const row = await context.tx
    .insertInto('products')
    .values({ ...productRow(input), vars: JSON.stringify(vars) })
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch(explainSlug);
  const { id, slug, name } = row;
  context.audit({ action: 'product.created', subject: { type: 'product', id }, detail: { slug, name } });
  return present(row);
}

export type ProductChange = Partial<ProductInput> & Pick<Product, 'id'>;

/** Changes the fields named. Services sold before keep what they were sold with. */
export async function changeProduct(context: CommandContext, change: ProductChange): Promise<Product> {
  const { id, vars, ...fields } = change;
  const found = await productRows(context.tx).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!found) throw fail('not_found', { what: 'product' });
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const { id: _, ...product } = productSchema.parse({ ...present(found), ...given });
  const row = await context.tx
    .updateTable('products')
    .set({ ...productRow(product), ...(vars && { vars: JSON.stringify(vars) }) })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch(explainSlug);
  context.audit({ action: 'product.changed', subject: { type: 'product', id }, detail: { ...given, vars } });
  return present(row);
}

function explainSlug(error: unknown): never {
  if (violatedConstraint(error) !== 'products_slug_key') throw error;
  throw fail('invalid_input', { issues: [{ path: 'slug', message: 'another product has it' }] });
}

export interface OfferedProduct {
  readonly product: Product;
  /** What it hands to its playbook. */
  readonly vars: Readonly<Record<string, unknown>>;
}

/** PA-3: what is on offer for a type of customer, with the values that say what each gives; in the catalogue's order. */
export async function offeredProducts(
  reader: Reader,
  { customerType, category, serviceType }: Pick<ProductFilter, 'customerType' | 'category' | 'serviceType'>,
): Promise<OfferedProduct[]> {
  const rows = await productRows(reader)
    .where('enabled', '=', true)
    .$if(customerType !== undefined, (query) =>
      query.where((where) => where(where.val(customerType), '=', where.fn.any('customerTypes'))),
    )
    .$if(category !== undefined, (query) => query.where('category', '=', category as Product['category']))
    .$if(serviceType !== undefined, (query) => query.where('serviceType', '=', serviceType as Product['serviceType']))
    .orderBy('id')
    .limit(500)
    .execute();
  return rows.map((row) => ({ product: present(row), vars: row.vars }));
}

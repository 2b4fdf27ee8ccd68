import type { z } from 'zod';
import type { Store } from './store.ts';

/** The setting as saved; undefined when it never was, or is not readable any more (then the default applies again). */
export async function getSetting<T>(store: Store, name: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const row = await store.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst();
  if (row === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(row.value)).data;
  } catch {
    return undefined;
  }
}

export async function saveSetting(store: Store, name: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value);
  await store
    .insertInto('setting')
    .values({ name, value: text })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: text }))
    .execute();
}

import { sql } from 'kysely';
import type { Tx } from '../database/connection.ts';

interface Labelled {
  readonly template: string;
  readonly label?: string | null;
}

const DIGITS = 5;
/** A longer number was not made here and must not move the counter. */
const LONGEST_COUNT = 8;

/** The number in a label such as `SIM-00123` with this prefix; 0 for any other label. */
function countOf(label: string, prefix: string): number {
  const start = `${prefix}-`;
  if (!label.toUpperCase().startsWith(start)) return 0;
  const digits = label.slice(start.length);
  return /^\d+$/.test(digits) && digits.length <= LONGEST_COUNT ? Number(digits) : 0;
}

/**
 * A label for each row, in order: the row's own, or the next of its template. Locks the templates in order of slug until
 * the transaction ends, so that receivings of one kind follow each other and never meet on a label.
 */
export async function makeLabels(tx: Tx, rows: readonly Labelled[]): Promise<string[]> {
  const slugs = [...new Set(rows.map(({ template }) => template))].sort();
  const next = new Map<string, { prefix: string; count: number }>();
  for (const slug of slugs) {
    const { labelPrefix, labelCount } = await lockTemplate(tx, slug);
    const own = rows.filter(({ template, label }) => template === slug && label);
    const taken = own.map(({ label }) => countOf(label ?? '', labelPrefix));
    const start = taken.reduce((most, count) => Math.max(most, count), labelCount);
    const wanted = rows.filter(({ template, label }) => template === slug && !label).length;
    if (start + wanted > labelCount) await moveCounter(tx, slug, start + wanted);
    next.set(slug, { prefix: labelPrefix, count: start });
  }
  return rows.map(({ template, label }) => label || nextLabel(next.get(template)));
}

function nextLabel(counter: { prefix: string; count: number } | undefined): string {
  if (counter === undefined) throw new Error('a label was asked for a template that was not locked');
  counter.count += 1;
  return `${counter.prefix}-${String(counter.count).padStart(DIGITS, '0')}`;
}

async function lockTemplate(tx: Tx, slug: string) {
  return tx
    .selectFrom('inventoryTemplates')
    .select(['labelPrefix', 'labelCount'])
    .where('slug', '=', slug)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

async function moveCounter(tx: Tx, slug: string, count: number): Promise<void> {
  await tx
    .updateTable('inventoryTemplates')
    .set({ labelCount: sql<number>`greatest(label_count, ${count}::int)` })
    .where('slug', '=', slug)
    .execute();
}

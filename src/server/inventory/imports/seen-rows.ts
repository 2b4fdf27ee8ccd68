import type { StockProblem, StockRow } from '#core/inventory/stock-row.ts';
import { keysOf } from '../matching.ts';

/** Remembers what a file has named, to tell a second row about the same thing. */
export class SeenRows {
  readonly #names = new Set<string>();

  /** Null for a row that names nothing seen before, and remembers it. */
  refuse(row: StockRow): StockProblem | null {
    const keys = keysOf(row.template, row.identifiers).map(([kind, key]) => ({
      field: kind as string,
      name: `${kind} ${key}`,
    }));
    if (row.label !== null) keys.push({ field: 'label', name: `label ${row.label.toLowerCase()}` });
    const twice = keys.find(({ name }) => this.#names.has(name));
    if (twice !== undefined) {
      const value =
        twice.field === 'label'
          ? row.label
          : (Object.entries(row.identifiers).find(([kind]) => kind === twice.field)?.[1] ?? null);
      return { code: 'duplicate_in_file', field: twice.field, value };
    }
    for (const { name } of keys) this.#names.add(name);
    return null;
  }
}

import type { StockProblem, StockRow } from '#core/inventory/stock-row.ts';
import { keysOf } from '../matching.ts';

/** Remembers what a file has named, to tell a second row about the same thing. */
export class SeenRows {
  readonly #keys = new Map<string, Set<string>>();

  /** Null for a row that names nothing seen before, and remembers it. */
  refuse(row: StockRow): StockProblem | null {
    const keys: [keyof StockRow['identifiers'] | 'label', string][] = keysOf(row.template, row.identifiers);
    if (row.label !== null) keys.push(['label', row.label.toLowerCase()]);
    const twice = keys.find(([field, key]) => this.#keys.get(field)?.has(key));
    if (twice !== undefined) {
      const [field] = twice;
      const value = field === 'label' ? row.label : (row.identifiers[field] ?? null);
      return { code: 'duplicate_in_file', field, value };
    }
    for (const [field, key] of keys) this.#seen(field).add(key);
    return null;
  }

  #seen(field: string): Set<string> {
    const seen = this.#keys.get(field) ?? new Set();
    this.#keys.set(field, seen);
    return seen;
  }
}

import type { BenchRow } from '../row.ts';
import { percentile, rounded } from './stats.ts';

interface About {
  /** What p95 is held against, in milliseconds. */
  readonly aim?: number;
  readonly note?: string;
}

/** The middle and the tail of what was measured, in milliseconds. */
export function latencyRows(name: string, samples: readonly number[], { aim, note }: About = {}): BenchRow[] {
  const said = `${samples.length} samples${note === undefined ? '' : `; ${note}`}`;
  return [
    { name: `${name}, p50`, value: rounded(percentile(samples, 0.5)), unit: 'ms', note: said },
    { name: `${name}, p95`, value: rounded(percentile(samples, 0.95)), unit: 'ms', ...(aim && { aim }), note: said },
  ];
}

/** A row without a figure, which says why there is none. */
export function skippedRow(name: string, reason: string): BenchRow {
  return { name, value: Number.NaN, unit: 'ms', note: `skipped: ${reason}` };
}

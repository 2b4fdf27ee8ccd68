/** One measured figure of a bench; a bench file exports `run(): Promise<BenchRow[]>`. */
export interface BenchRow {
  /** What was measured, with its conditions: "customer search, 1 million, p95". */
  name: string;
  value: number;
  /** "ms", "orders/s", "kB". */
  unit: string;
  /** The aim it is held against, in the same unit, where there is one. */
  aim?: number;
  note?: string;
}

import type { ColumnType } from 'kysely';

export interface SystemTables {
  /** Facts about this installation that all its centrals share. */
  settings: { key: string; value: ColumnType<unknown, string, string> };
  demoFaults: { action: string; times: number; error: string | null; delaySeconds: number };
}

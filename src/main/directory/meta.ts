import type { Database } from 'better-sqlite3';
import type { SyncPage } from '#core/sync/rows.ts';

/** How far the directory is; kept in it, so that it is never ahead of or behind its rows. */
export interface Meta {
  /** The desk and store it was pulled for; null in a new file. */
  owner(): string | null;
  own(owner: string): void;
  cursor(): string | null;
  /** Whether the snapshot is in: from then on there are changes only. */
  isWhole(): boolean;
  progress(): { done: number; total: number } | null;
  lastSyncAt(): string | null;
  /** To be called in the transaction that keeps the page's rows. */
  turn(page: SyncPage, whole: boolean): void;
  /** The directory holds all that central has now. */
  currentAt(at: string): void;
}

export function createMeta(database: Database): Meta {
  const read = database.prepare<[string], string>('select value from meta where name = ?').pluck();
  const write = database.prepare(
    'insert into meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
  );
  const get = (name: string) => read.get(name) ?? null;
  return {
    owner: () => get('owner'),
    own: (owner) => void write.run('owner', owner),
    cursor: () => get('cursor'),
    isWhole: () => get('whole') === 'yes',
    progress() {
      const [done, total] = [get('done'), get('total')];
      return done === null || total === null ? null : { done: Number(done), total: Number(total) };
    },
    lastSyncAt: () => get('lastSyncAt'),
    turn({ cursor, progress }, whole) {
      write.run('cursor', cursor);
      if (whole) write.run('whole', 'yes');
      if (progress === null) return;
      write.run('done', String(progress.done));
      write.run('total', String(progress.total));
    },
    currentAt: (at) => void write.run('lastSyncAt', at),
  };
}

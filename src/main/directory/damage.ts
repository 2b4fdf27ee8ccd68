import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const CODES = /^SQLITE_(CORRUPT|NOTADB)/;
const FULL = /^(SQLITE_FULL|ENOSPC|EDQUOT|SQLITE_IOERR_(WRITE|FSYNC|TRUNCATE|SHMSIZE))/;

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code ?? '');

/** SQLite says that the file is no database, or not a sound one. */
export function isDamage(error: unknown): boolean {
  return CODES.test(codeOf(error));
}

/** Nothing could be written; what was there before still is. */
export function isDiskFull(error: unknown): boolean {
  return FULL.test(codeOf(error));
}

const COMPANIONS = ['-wal', '-shm'];

/**
 * Moves a file that nobody has open out of the way, for the help desk. Only the newest such file is kept: each may be as
 * big as the directory. Returns the name it has now.
 */
export function setAside(folder: string, file: string, now: Date): string {
  for (const older of readdirSync(folder)) {
    if (older.startsWith(`${file}.damaged-`)) rmSync(path.join(folder, older), { force: true });
  }
  const name = `${file}.damaged-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  // Its log first: left behind, it would be taken for that of the next file.
  for (const end of [...COMPANIONS, '']) {
    const from = path.join(folder, `${file}${end}`);
    if (existsSync(from)) renameSync(from, path.join(folder, `${name}${end}`));
  }
  return name;
}

/** Removes a file that nobody has open, its log first. */
export function removeDatabase(folder: string, file: string): void {
  for (const end of [...COMPANIONS, '']) rmSync(path.join(folder, `${file}${end}`), { force: true });
}

/** Puts one closed database in another's place. Interrupted half-way, it can be done again. */
export function replaceDatabase(folder: string, file: string, by: string): void {
  removeDatabase(folder, file);
  renameSync(path.join(folder, by), path.join(folder, file));
}

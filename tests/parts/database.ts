import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { connect } from '../../src/server/database/connection.ts';
import { migrate } from '../../src/server/database/migrate.ts';
import { migrations } from '../../src/server/database/migrations/index.ts';

export interface TestDatabase {
  readonly url: string;
  /** Ends its connections and drops it. */
  drop(): Promise<void>;
}

/** A fresh database with all migrations, copied from a template. `empty` gives one without any. */
export async function createTestDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = empty ? 'template0' : await migratedTemplate();
  await administer((client) => client.query(`create database ${name} template ${template}`));
  const drop = () => administer((client) => client.query(`drop database if exists ${name} with (force)`));
  return { url: urlOf(name), drop };
}

function serverUrl(): string {
  const url = process.env.COMPTOIR_TEST_PG;
  if (!url) throw new Error('COMPTOIR_TEST_PG is not set: run the test through vitest, whose set-up starts PostgreSQL');
  return url;
}

function urlOf(database: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.href;
}

async function administer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

const TEMPLATE_LOCK = 4_040;

/** Made once per run and version of the migrations, whichever test file comes first. */
async function migratedTemplate(): Promise<string> {
  const version = createHash('sha256')
    .update(
      Object.values(migrations)
        .map((each) => String(each.up))
        .join(),
    )
    .digest('hex');
  const name = `template_${Object.keys(migrations).length}_${version.slice(0, 12)}`;
  await administer(async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount !== 0) return;
    await client.query(`create database ${name}_new template template0`);
    const { db, close } = connect(urlOf(`${name}_new`), 1);
    try {
      await migrate(db);
    } finally {
      await close();
    }
    await client.query(`alter database ${name}_new rename to ${name}`);
  });
  return name;
}

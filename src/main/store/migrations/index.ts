import type { Migration } from 'kysely/migration';
import { first } from './0001-first.ts';
import { identity } from './0002-identity.ts';

/** Every migration, oldest first. One that has shipped never changes. */
export const migrations: Record<string, Migration> = {
  '0001-first': first,
  '0002-identity': identity,
};

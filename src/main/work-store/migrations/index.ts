import { first } from './0001-first.ts';
import { leasedHolds } from './0002-leased-holds.ts';

/** Every migration as the SQL that it runs, oldest first. One that has shipped never changes. */
export const migrations: Readonly<Record<string, string>> = {
  '0001-first': first,
  '0002-leased-holds': leasedHolds,
};

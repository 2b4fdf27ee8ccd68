import Database from 'better-sqlite3';
import type { TestCentral } from '../parts/central.ts';
import { waitUntil } from '../parts/wait.ts';
import { type DeskOptions, startDesk, type TestDesk } from './host/test-desk.ts';

export const ADMIN = 'admin@test.comptoir.test';
export const SALES = 'sales@test.comptoir.test';
export const PIN = '274918';

/** A desk that the admin has enrolled in store 1; nobody is signed in. */
export async function startEnrolledDesk(options: DeskOptions): Promise<TestDesk> {
  const started = await startDesk(options);
  await started.signIn(ADMIN);
  await started.desk.enrolment.enrolHere({ name: 'Till 1', storeId: 1 });
  await started.desk.session.signOut({ force: true });
  return started;
}

/** Someone with a PIN on this desk, signed out again. */
export async function withPin({ desk, signIn }: TestDesk, email = SALES, pin = PIN) {
  const user = await signIn(email);
  await desk.staff.setPin({ pin });
  await desk.session.signOut({ force: true });
  return user;
}

export async function untilOffline({ desk }: TestDesk) {
  await waitUntil(async () => (await desk.system.link()).state === 'offline', 'the desk to see that the line is cut');
}

export async function untilOnline({ desk }: TestDesk) {
  await waitUntil(async () => (await desk.system.link()).state === 'online', 'the desk to see the line');
}

/** Withdraws the desk's credential at central, as an admin elsewhere. */
export async function revokeAtCentral(central: TestCentral, { desk }: TestDesk) {
  const enrolment = await desk.enrolment.get();
  if (enrolment.state !== 'enrolled') throw new Error(`the desk is ${enrolment.state}`);
  await (await central.asAdmin()).desks.revoke({ id: enrolment.desk.id });
}

export interface Journaled {
  readonly event: string;
  readonly userId: number | null;
  readonly detail: Record<string, unknown>;
}

/** What a desk wrote down, oldest first, read from its file beside it. */
export function journalOf(dataDir: string): Journaled[] {
  const database = new Database(`${dataDir}/work.sqlite`, { readonly: true });
  try {
    const rows = database.prepare('select event, user_id as userId, detail from journal order by seq').all();
    return (rows as (Omit<Journaled, 'detail'> & { detail: string })[]).map(({ detail, ...row }) => ({
      ...row,
      detail: JSON.parse(detail),
    }));
  } finally {
    database.close();
  }
}
